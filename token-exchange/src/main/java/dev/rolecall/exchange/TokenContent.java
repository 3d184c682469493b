package dev.rolecall.exchange;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * The claims of a token: those of RFC 9068, and what the proof says of the role's session, so that
 * a policy's pins, records and locks see what they would see of the proof.
 *
 * @param subject the caller that the token is about, an IAM role
 * @param actor the caller that acts for it, an IAM role
 * @param target the one service that the token is for
 * @param sender the client's certificate, where the token is bound to it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2">RFC 9068, section 2.2</a>
 */
record TokenContent(
    Caller subject, Optional<Caller> actor, TokenTarget target, Optional<BindingHash> sender) {

  /** The last instant of the proofs. */
  Instant proofEnds() {
    Instant ends = subject.notAfter();
    return actor.map(Caller::notAfter).filter(actorEnds -> actorEnds.isBefore(ends)).orElse(ends);
  }

  /** The claims, in order. */
  JsonValue.Members claims(IssuerUrl issuer, Instant issued, Instant ends, String id) {
    ObjectBuilder claims = new ObjectBuilder().put("iss", issuer.text());
    session(claims, subject);
    claims
        .put("aud", target.name())
        .put("iat", issued.getEpochSecond())
        .put("exp", ends.getEpochSecond())
        .put("jti", id);
    // RFC 8705, section 3.1.
    sender.ifPresent(
        hash -> claims.put("cnf", new ObjectBuilder().put("x5t#S256", hash.value()).build()));
    // RFC 8693, section 4.1.
    actor.ifPresent(
        acting -> {
          ObjectBuilder act = new ObjectBuilder();
          session(act, acting);
          claims.put("act", act.build());
        });
    return claims.build();
  }

  private static void session(ObjectBuilder claims, Caller caller) {
    String role = caller.principal().text();
    claims.put("sub", role).put("client_id", role);
    caller
        .role()
        .flatMap(IamRole::id)
        .map(RoleId::value)
        .ifPresent(id -> claims.put("role_id", id));
    caller.evidence().sessionName().ifPresent(name -> claims.put("session_name", name));
    caller.evidence().credentialId().ifPresent(id -> claims.put("access_key_id", id));
  }
}
