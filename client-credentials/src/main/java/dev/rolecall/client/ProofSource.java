package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.RenewalCounter;
import dev.rolecall.renewal.RenewalTiming;
import dev.rolecall.renewal.RenewingCredential;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Proofs of the caller's IAM role for one audience, outside gRPC: for a command line, a
 * certificate, another protocol. {@link IamCallCredentials} puts the same proofs on gRPC calls.
 *
 * <p>Keeps one proof for each binding, at most 256 of them, the least recently asked for leaving
 * first. A proof is renewed as {@link IamCallCredentials} describes. Safe for use by many threads.
 */
public final class ProofSource implements AutoCloseable {

  private static final int MAX_BINDINGS = 256;

  private final Audience audience;
  private final ProofSigning signing;
  private final RenewalTiming timing;
  private final RenewalCounter renewals;
  private final Map<ProofBinding, RenewingCredential<SignedProof>> proofs =
      new LinkedHashMap<>(16, 0.75f, true);

  ProofSource(
      Audience audience, ProofSigning signing, RenewalTiming timing, RenewalCounter renewals) {
    this.audience = audience;
    this.signing = signing;
    this.timing = timing;
    this.renewals = renewals;
  }

  /**
   * Proofs for that audience, from the default AWS credentials chain and region.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static ProofSource forAudience(String audience) {
    return builder(Audience.of(audience)).build();
  }

  /** A builder of a source of proofs for that audience. */
  public static Builder builder(Audience audience) {
    return new Builder(audience);
  }

  /** The audience of the proofs. */
  public Audience audience() {
    return audience;
  }

  /**
   * A proof with that binding, good for at least half a minute unless the AWS credentials end
   * earlier. Never blocks: what blocks runs on {@code executor}, and at most once for all who wait.
   * Dependent stages run on the thread that completes it, which may be the caller's.
   *
   * @return completes exceptionally with {@link ProofUnavailableException} and nothing else
   */
  public CompletionStage<CallerProof> proof(ProofBinding binding, Executor executor) {
    requireNonNull(executor, "executor");
    return renewing(requireNonNull(binding, "binding")).get(executor).thenApply(SignedProof::proof);
  }

  /**
   * A proof with that binding, and how long the AWS credentials let it be used: for what carries a
   * proof for minutes without asking again, as a certificate does. Otherwise as {@link #proof}.
   */
  public CompletionStage<TimedProof> timedProof(ProofBinding binding, Executor executor) {
    requireNonNull(executor, "executor");
    return renewing(requireNonNull(binding, "binding")).get(executor).thenApply(SignedProof::timed);
  }

  /** The proof of that binding, signed or not; the same object until it is forgotten. */
  RenewingCredential<SignedProof> renewing(ProofBinding binding) {
    synchronized (proofs) {
      RenewingCredential<SignedProof> known = proofs.get(binding);
      if (known != null) {
        return known;
      }
      // A lapsed proof is of no use, and a secret: it need not wait until the map is full.
      proofs.values().removeIf(RenewingCredential<SignedProof>::isLapsed);
      if (proofs.size() == MAX_BINDINGS) {
        proofs.remove(proofs.keySet().iterator().next());
      }
      RenewingCredential<SignedProof> added =
          new RenewingCredential<>(new BoundProofs(signing, binding), timing, renewals);
      proofs.put(binding, added);
      return added;
    }
  }

  boolean isClosed() {
    return signing.isClosed();
  }

  /**
   * Forgets the proofs and closes what this object made: the default credentials chain and the STS
   * client, but not a credentials provider it was given. Blocks no longer than the AWS SDK's own
   * {@code close}; may be called again.
   */
  @Override
  public void close() {
    signing.close();
    synchronized (proofs) {
      proofs.clear();
    }
  }

  /** Names the audience and nothing else. */
  @Override
  public String toString() {
    return "ProofSource[" + audience + "]";
  }

  /** Options of {@link ProofSource}. Not safe for use by several threads at once. */
  public static final class Builder extends SigningOptions<Builder> {

    private Builder(Audience audience) {
      super(requireNonNull(audience, "audience"));
    }

    /**
     * The source. Reads no file and asks no network.
     *
     * @throws IllegalStateException if two options contradict each other; the message names them
     */
    public ProofSource build() {
      return newSource();
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
