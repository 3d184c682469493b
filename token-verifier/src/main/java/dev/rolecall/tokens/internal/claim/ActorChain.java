package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.jwt.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parties that act for a token's subject: {@code act}, the one that acts now outermost. Each
 * has a subject of the token's own issuer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693, section 4.1</a>
 */
final class ActorChain {

  private static final String ACT = "act";

  private ActorChain() {}

  /** The actors, the one that acts now first. */
  static List<Principal> of(JsonValue.Members claims, String issuer, Vouched vouched)
      throws FailedCheckException {
    List<Principal> actors = new ArrayList<>();
    JsonValue.Members level = claims;
    while (level.has(ACT)) {
      JsonValue act = level.get(ACT).orElseThrow();
      unless(
          act instanceof JsonValue.Members && actors.size() < Attributes.MOST_ACTORS,
          TokenCheck.ACTOR);
      level = (JsonValue.Members) act;
      actors.add(actor(level, issuer, vouched));
    }
    return actors;
  }

  private static Principal actor(JsonValue.Members act, String issuer, Vouched vouched)
      throws FailedCheckException {
    unless(!act.has("iss") || act.text("iss").map(issuer::equals).orElse(false), TokenCheck.ACTOR);
    Optional<Principal> actor = act.text("sub").flatMap(vouched::principal);
    Principal found = actor.orElseThrow(() -> new FailedCheckException(TokenCheck.ACTOR));
    if (!(vouched instanceof Vouched.Roles && found instanceof IamRole role)) {
      return found;
    }
    try {
      return ExchangeClaims.withId(role.arn(), act);
    } catch (IllegalArgumentException e) {
      // The message quotes the text.
      throw new FailedCheckException(TokenCheck.ACTOR);
    }
  }
}
