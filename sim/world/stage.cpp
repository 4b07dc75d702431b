#include "sim/world/stage.hpp"

namespace parley {

Turn turn(Stage from, Stage to, CaseOutcome outcome) {
  if (from == Stage::petition) return to == Stage::closed ? Turn::gave_up : Turn::answered;
  switch (to) {
    case Stage::closed:
      return from == Stage::payment ? Turn::paid : outcome == CaseOutcome::dismissed ? Turn::decided : Turn::gave_up;
    case Stage::petition:
      return Turn::petitioned;
    case Stage::appeal:
      return Turn::challenged;
    case Stage::payment:
      if (from == Stage::claim) return Turn::early_offer;
      return outcome == CaseOutcome::judgment || outcome == CaseOutcome::award ? Turn::decided : Turn::agreed;
    case Stage::filing:
      if (from == Stage::payment) return Turn::broken;
      return Turn::chosen;
    case Stage::channel:
      if (from == Stage::claim) return Turn::arrived;
      if (from == Stage::handoff) return Turn::lost;
      return from == Stage::intake || from == Stage::filing ? Turn::not_taken : Turn::time_over;
    case Stage::intake:
      return Turn::handed_on;
    case Stage::mediation:
    case Stage::administration:
    case Stage::arbitration:
    case Stage::trial:
      return Turn::session;
    case Stage::handoff:
      return from == Stage::channel ? Turn::chosen : Turn::handed_on;
    case Stage::negotiation:
    case Stage::claim:
      return Turn::chosen;
  }
  return Turn::chosen;
}

}  // namespace parley
