package dev.rolecall.cli.front;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.cli.options.VerifierOptions;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.tls.AttestedServerBuilder;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that secure a server's connections and set how its callers are verified. */
public final class FrontOptions {

  @Option(
      names = "--require-channel-binding",
      description = "Refuse proofs that are not bound to this server's certificate.")
  boolean channelBindingRequired;

  @Option(
      names = "--attested",
      description =
          "Prove this shell's role in the handshake, and take each caller from the connection:"
              + " no certificate authority, no file, no proof per call.")
  boolean attested;

  @ArgGroup(exclusive = true)
  @Nullable TlsOptions tls;

  @Option(
      names = "--accept-call-proofs",
      description =
          "With --attested: also admit clients that present no certificate, such as those in"
              + " other languages. Each of their calls must bring a proof. Default: the handshake"
              + " refuses a client without an attestation.")
  boolean callProofsAccepted;

  @Mixin VerifierOptions verifying;

  /**
   * Checks that the options do not contradict each other.
   *
   * @throws CommandFailure if they do
   */
  public void requireConsistent(InetAddress listen) {
    if (attested && tls != null) {
      // Not by a group around both: picocli's words about groups within groups help nobody.
      throw new CommandFailure(
          "--attested and --plaintext, --write-cert or --tls-cert are mutually exclusive: an"
              + " attested server makes its certificate");
    }
    tls().requireSafe(listen);
    if (tls().isPlaintext() && channelBindingRequired) {
      throw new CommandFailure(
          "--require-channel-binding and --plaintext: a connection without TLS has no certificate");
    }
    if (callProofsAccepted && !attested) {
      throw new CommandFailure(
          "--accept-call-proofs: only with --attested; without that, every call brings a proof");
    }
    if (attested && verifying.schemes().clientAuthorities().isPresent()) {
      throw new CommandFailure(
          "--attested and --client-ca: a connection has one certificate (expected: one of the two)");
    }
    boolean isOfCallProofs = channelBindingRequired || verifying.proofs().isAcceptingEksTokens();
    Optional<String> otherScheme = verifying.schemes().givenForCalls();
    if (attested && !callProofsAccepted && (isOfCallProofs || otherScheme.isPresent())) {
      throw new CommandFailure(
          "--attested and "
              + otherScheme.orElse(
                  channelBindingRequired ? "--require-channel-binding" : "--accept-eks-tokens")
              + ": callers come from connections, and calls bring no proof, unless there is"
              + " --accept-call-proofs");
    }
  }

  /** The chosen STS. */
  public StsChoice sts() {
    return verifying.proofs().sts();
  }

  /**
   * The schemes of the server's callers, in the order that they are asked: that of proofs first.
   *
   * @throws CommandFailure if a file or a value does not do, or an option names no Region or
   *     endpoint
   */
  public List<Scheme> schemes(List<Audience> audiences) {
    StsVerifier verifier = verifying.proofs().verifier(audiences);
    List<Scheme> schemes = new ArrayList<>();
    schemes.add(channelBindingRequired ? verifier.requireChannelBinding() : verifier);
    schemes.addAll(
        verifying.schemes().schemes(tls().isPlaintext() ? Front.PLAINTEXT : Front.TLS, audiences));
    return schemes;
  }

  /** Whether the credential of a call counts before the certificate of its client. */
  public boolean isCallFirst() {
    return verifying.schemes().clientAuthorities().map(ClientAuthorities::callFirst).orElse(false);
  }

  /**
   * The front of a server with that guard.
   *
   * @throws CommandFailure if a file does not do
   */
  public ServerFront front(Audience audience, CallGuard guard) {
    if (!attested) {
      return ServerFront.forCallProofs(
          tls().credentials(verifying.schemes().clientAuthorities()), guard);
    }
    AttestedServerBuilder end = sts().signedBy(AttestedTls.server(audience));
    if (callProofsAccepted) {
      end.acceptCallProofsFromClientsWithoutCertificate();
    }
    return ServerFront.attested(end, guard);
  }

  /**
   * The role that the server attests, as STS names it; empty if it attests none, STS does not say,
   * or it is no role. Blocks for the answer.
   */
  public Optional<RoleArn> attestedRole(Audience audience, CallerLookup callers) {
    return attested ? new LocalRole(audience, sts()).asSeenBy(callers) : Optional.empty();
  }

  /** The options of the certificate; the defaults where none was given. */
  private TlsOptions tls() {
    return tls == null ? new TlsOptions() : tls;
  }
}
