package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.SpiffeId;
import java.util.Optional;

/**
 * The principals that an issuer may vouch for. A subject that it may not vouch for is no principal
 * of this server, even if its signature is good.
 */
public sealed interface Vouched {

  /** The principal that a subject is; empty if the issuer may not vouch for it. */
  Optional<Principal> principal(String subject);

  /** The trust domain of its workloads; empty for principals of another kind. */
  default Optional<String> domain() {
    return Optional.empty();
  }

  /**
   * The subjects that it gives out, under its alias.
   *
   * @param alias the alias
   */
  record Subjects(IssuerAlias alias) implements Vouched {
    /** Checks that nothing is absent. */
    public Subjects {
      requireNonNull(alias, "alias");
    }

    @Override
    public Optional<Principal> principal(String subject) {
      return OidcSubject.isValid(subject)
          ? Optional.of(new OidcSubject(alias, subject))
          : Optional.empty();
    }
  }

  /**
   * Workloads of one SPIFFE trust domain.
   *
   * @param trustDomain the trust domain
   */
  record Workloads(String trustDomain) implements Vouched {
    /** Checks that nothing is absent. */
    public Workloads {
      requireNonNull(trustDomain, "trustDomain");
    }

    @Override
    public Optional<String> domain() {
      return Optional.of(trustDomain);
    }

    @Override
    public Optional<Principal> principal(String subject) {
      String prefix = SpiffeId.PREFIX + trustDomain;
      String path = subject.startsWith(prefix) ? subject.substring(prefix.length()) : "";
      return SpiffeId.isPath(path)
          ? Optional.of(new SpiffeId(trustDomain, path))
          : Optional.empty();
    }
  }

  /** IAM roles of any account: tokens of the fleet's own exchange. */
  record Roles() implements Vouched {
    @Override
    public Optional<Principal> principal(String subject) {
      return role(subject).map(IamRole::ofUnknownId);
    }
  }

  /**
   * IAM roles of one account: AWS web identity.
   *
   * @param partition the account's partition
   * @param account the account
   */
  record RolesOfAccount(Partition partition, AccountId account) implements Vouched {
    /** Checks that nothing is absent. */
    public RolesOfAccount {
      requireNonNull(partition, "partition");
      requireNonNull(account, "account");
    }

    @Override
    public Optional<Principal> principal(String subject) {
      return role(subject).filter(this::has).map(IamRole::ofUnknownId);
    }

    /** Whether the role is of the account. */
    boolean has(RoleArn role) {
      return role.account().equals(account) && role.partition().equals(partition);
    }
  }

  /** The role whose ARN the text is, without its path; empty if the text is no such ARN. */
  static Optional<RoleArn> role(String text) {
    try {
      return Optional.of(RoleArn.parse(text));
    } catch (IllegalArgumentException e) {
      // The message quotes the text, which a stranger may have written.
      return Optional.empty();
    }
  }
}
