// Plug-ins import `Gym` alone: errors, files and ranks come with it.
@_exported import GymCore
@_exported import Ranks
