// Plug-ins import `Gym` alone: JSON, random streams, errors, files and ranks come with it.
@_exported import GymCore
@_exported import GymJSON
@_exported import GymRandomness
@_exported import GymRanks
