package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;

/** An account in its partition: the same twelve digits may be another customer's in another one. */
record TrustedAccount(Partition partition, AccountId account) {
  TrustedAccount {
    requireNonNull(partition, "partition");
    requireNonNull(account, "account");
  }
}
