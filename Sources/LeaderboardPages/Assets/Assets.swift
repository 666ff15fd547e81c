/// The files that all sites share. They stand in Swift so that one executable holds everything.
enum Assets {}
