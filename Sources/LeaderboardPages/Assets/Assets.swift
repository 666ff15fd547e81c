/// The files that all sites share, written in Swift so that one executable contains everything.
enum Assets {}
