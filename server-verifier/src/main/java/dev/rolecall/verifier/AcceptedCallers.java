package dev.rolecall.verifier;

import com.github.benmanes.caffeine.cache.Interner;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.internal.answer.Signer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The role sessions of the world that become callers here.
 *
 * @param trusted the accounts, where the operator named any; empty for every account, and the
 *     access policy decides
 * @param roles one object a role, however many sessions it has
 */
record AcceptedCallers(Set<TrustedAccount> trusted, Interner<IamRole> roles) {

  AcceptedCallers {
    trusted = Set.copyOf(trusted);
  }

  static AcceptedCallers of(Set<TrustedAccount> trusted) {
    return new AcceptedCallers(trusted, Interner.newWeakInterner());
  }

  Verification admit(
      Signer.RoleSession session, Instant notAfter, ProofBinding binding, ProofFacts facts) {
    RoleArn role = session.role();
    if (!trusted.isEmpty()
        && !trusted.contains(new TrustedAccount(role.partition(), role.account()))) {
      return new Verification.Refused(RefusalReason.ACCOUNT_NOT_TRUSTED, Optional.of(facts));
    }
    return new Verification.Verified(
        Caller.of(
            roles.intern(new IamRole(role, session.roleId())),
            facts.evidence(session.name(), binding),
            notAfter));
  }
}
