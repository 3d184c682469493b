package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.ProofBinding;
import java.util.Optional;
import java.util.Set;

/**
 * Which bindings a proof may have. In a call's metadata a proof bound to a key is never good: it
 * belongs to a certificate, and whoever has seen the certificate could present it here. From a
 * certificate, only a proof bound to the key that TLS proved is.
 *
 * @param channelRequired whether a proof bound to its audience alone is too little
 * @param balancers leaf certificates of load balancers that end TLS before this server
 */
record BindingRule(boolean channelRequired, Set<BindingHash> balancers) {

  BindingRule {
    balancers = Set.copyOf(balancers);
  }

  /**
   * Why the binding is not good on that connection. Where the answer is empty and the binding is to
   * a channel or key, its hash equals one of this connection's own.
   */
  Optional<RefusalReason> refusal(ProofBinding binding, Connection connection) {
    requireNonNull(connection, "connection");
    if (connection.provenKey().isPresent()) {
      return attested(binding, connection.provenKey().get());
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
