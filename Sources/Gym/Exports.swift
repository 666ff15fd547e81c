// Plug-ins import `Gym` alone: errors and files come with it.
@_exported import GymCore
