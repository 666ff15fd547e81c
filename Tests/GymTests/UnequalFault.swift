/// Rules, or parts of rules, that the toy of unequal neighbors can omit.
enum UnequalFault: String, CaseIterable {
  case none
  case forgetsSigns = "forgets-signs"
  case forgetsSignsAcross = "forgets-signs-across"
  case forgetsSignsDown = "forgets-signs-down"
  case forgetsGreater = "forgets-greater"
  case forgetsLastSigns = "forgets-last-signs"
  case readsSignsAtClues = "reads-signs-at-clues"
  case toleratesBrokenSign = "tolerates-broken-sign"
  case forgetsRows = "forgets-rows"
  case forgetsColumns = "forgets-columns"
  case forgetsLastLines = "forgets-last-lines"
  case comparesNeighbors = "compares-neighbours"
  case addsUp = "adds-up"
  case forgetsClues = "forgets-clues"
  case keepsFirstClue = "keeps-first-clue"
}
