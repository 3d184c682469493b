package dev.rolecall.verifier;

import com.github.benmanes.caffeine.cache.Interner;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.CallerEvidence;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.verifier.sts.Signer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the world's role sessions become callers here.
 *
 * @param trusted the accounts, where the operator named any; otherwise every account, and the
 *     access policy decides
 * @param roles one object a role, however many sessions it has
 */
record AcceptedCallers(Optional<Set<TrustedAccount>> trusted, Interner<RoleArn> roles) {

  AcceptedCallers {
    trusted = trusted.map(Set::copyOf);
  }

  static AcceptedCallers of(Optional<Set<TrustedAccount>> trusted) {
    return new AcceptedCallers(trusted, Interner.newWeakInterner());
  }

  Verification admit(Signer.RoleSession session, Instant notAfter, CallerEvidence evidence) {
    RoleArn role = session.role();
    TrustedAccount account = new TrustedAccount(role.partition(), role.account());
    if (trusted.isPresent() && !trusted.get().contains(account)) {
      return new Verification.Refused(RefusalReason.ACCOUNT_NOT_TRUSTED);
    }
    return new Verification.Verified(
        Caller.confirmedBySts(
            roles.intern(role), session.name(), session.roleId(), notAfter, evidence));
  }
}
