package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.ProofBinding;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The bindings that a proof may have. In a call's metadata a proof bound to a key is never good: it
 * belongs to a certificate, and any peer that saw the certificate could present it here. From a
 * certificate, only a proof bound to the key that TLS proved is.
 *
 * @param channelRequired whether a proof bound to its audience alone is too little
 * @param balancers leaf certificates of load balancers that end TLS before this server
 */
record BindingRule(boolean channelRequired, Set<BindingHash> balancers) {

  BindingRule {
    balancers = Set.copyOf(balancers);
  }

  /** Proofs bound to this server's certificate, or to its audience alone. */
  static BindingRule ofDefaults() {
    return new BindingRule(false, Set.of());
  }

  /** The same, but a proof bound to its audience alone is too little. */
  BindingRule requiringChannel() {
    return new BindingRule(true, balancers);
  }

  /** The same, and that leaf certificate of a load balancer. */
  BindingRule accepting(BindingHash leaf) {
    Set<BindingHash> all = new HashSet<>(balancers);
    all.add(leaf);
    return new BindingRule(channelRequired, all);
  }

  /**
   * Why the binding is not good on that connection. Where the answer is empty and the binding is to
   * a channel or key, its hash equals one of this connection's own.
   *
   * @param provenKey the hash of the key that TLS proved, of a proof from the peer's certificate
   */
  Optional<RefusalReason> refusal(
      ProofBinding binding, Connection connection, Optional<BindingHash> provenKey) {
    requireNonNull(connection, "connection");
    if (provenKey.isPresent()) {
      return attested(binding, provenKey.get());
    }
    if (binding instanceof ProofBinding.Channel channel) {
      return connection.certificates().contains(channel.hash())
              || balancers.contains(channel.hash())
          ? Optional.empty()
          : Optional.of(RefusalReason.CHANNEL_MISMATCH);
    }
    boolean audienceAlone =
        binding instanceof ProofBinding.Bearer || binding instanceof ProofBinding.ClusterName;
    if (audienceAlone && !channelRequired) {
      return Optional.empty();
    }
    return Optional.of(RefusalReason.BINDING_REQUIRED);
  }

  private static Optional<RefusalReason> attested(ProofBinding binding, BindingHash provenKey) {
    return binding instanceof ProofBinding.Key key && key.hash().equals(provenKey)
        ? Optional.empty()
        : Optional.of(RefusalReason.KEY_MISMATCH);
  }
}
