package dev.rolecall.cli.failure;

import static java.util.stream.Collectors.joining;

import com.google.rpc.ErrorInfo;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that failed, as the client was told.
 *
 * @param status the status
 * @param details what came beside it
 */
public record CallFailure(Status status, StatusDetails details) {

  private static final int MOST_LINES = 12;

  /** What gRPC says where it has nothing to say; the cause says more. */
  private static final String NOTHING_SAID = "io exception";

  /** What refusals of a server by this end begin with; docs/troubleshooting.md lists them. */
  private static final List<String> OF_SERVERS =
      List.of(
          "the server's role is ",
          "the server's attestation ",
          "the server's names are ",
          "the server is not attested");

  /** Netty's words for what is not TLS, with all of it in hexadecimal digits behind. */
  private static final Pattern NOT_TLS = Pattern.compile("(not an SSL/TLS record): [0-9a-f]+");

  /** Where no connection was made, gRPC lists its own handlers from here on. */
  private static final String HANDLERS = "Channel Pipeline:";

  public static CallFailure of(StatusRuntimeException thrown) {
    return new CallFailure(thrown.getStatus(), StatusDetails.of(thrown));
  }

  /** ErrorInfo's reason, where the server gave one. */
  public Optional<String> reason() {
    return details.info().map(ErrorInfo::getReason).filter(reason -> !reason.isEmpty());
  }

  /** The same, where it is one of Rolecall's. */
  public Optional<RefusalReason> knownReason() {
    return reason()
        .flatMap(
            name ->
                Arrays.stream(RefusalReason.values())
                    .filter(reason -> reason.name().equals(name))
                    .findFirst());
  }

  /** Whether a server, or this end of it, refused; an outage is no refusal. */
  public boolean isRefusal() {
    return !isWithoutProof()
        && (status.getCode() == Status.Code.UNAUTHENTICATED
            || status.getCode() == Status.Code.PERMISSION_DENIED);
  }

  /**
   * Whether this end ended the call before it was sent: it has no proof, or the server is not the
   * one that was expected. A refusal by a guard has a reason.
   */
  public boolean isOfThisEnd() {
    String words = String.valueOf(status.getDescription());
    return isWithoutProof()
        || (isRefusal() && reason().isEmpty() && OF_SERVERS.stream().anyMatch(words::startsWith));
  }

  /** Whether nothing was sent, since this end has no proof or token: no server said no. */
  private boolean isWithoutProof() {
    return causes().anyMatch(CallFailure::isOfCredentials);
  }

  private static boolean isOfCredentials(Throwable cause) {
    return cause instanceof ProofUnavailableException || cause instanceof CommandFailure;
  }

  /** Whether nothing says that the call got as far as a server. */
  public boolean isConnections() {
    return reason().isEmpty()
        && (status.getCode() == Status.Code.UNAVAILABLE
            || status.getCode() == Status.Code.INTERNAL
            || status.getCode() == Status.Code.UNKNOWN
            || status.getCode() == Status.Code.DEADLINE_EXCEEDED);
  }

  /** For people: a line, and more of them where the client itself lists what it tried. */
  public String text() {
    return (isRefusal() ? "refused: " : "failed: ")
        + status.getCode()
        + reason().map(name -> " (" + Visible.line(name) + ")").orElse("")
        + Stream.concat(description().stream(), cause().stream())
            .map(words -> ": " + words)
            .collect(joining());
  }

  /**
   * What the server said, without the reason that its words begin with, which stands before it
   * already; and without the list of handlers that gRPC adds where no connection was made.
   */
  private Optional<String> description() {
    String word = reason().map(name -> name + ": ").orElse("");
    List<String> lines =
        Optional.ofNullable(status.getDescription()).orElse("").lines().map(Visible::line).toList();
    String shown =
        lines.stream()
            .takeWhile(line -> !line.startsWith(HANDLERS))
            .limit(MOST_LINES)
            .collect(joining("\n  "));
    String words = shown.startsWith(word) ? shown.substring(word.length()) : shown;
    return words.isBlank() || words.equals(NOTHING_SAID) ? Optional.empty() : Optional.of(words);
  }

  /** What a connection failed for: its certificate first, then the deepest cause that has words. */
  private Optional<String> cause() {
    List<Throwable> causes =
        // Its words are the description's.
        causes().filter(t -> !isOfCredentials(t)).toList();
    Optional<String> certificate =
        causes.stream()
            .filter(CertificateException.class::isInstance)
            .map(Throwable::getMessage)
            .filter(words -> words != null)
            .findFirst();
    return certificate
        .or(
            () ->
                causes.stream()
                    .map(Throwable::getMessage)
                    .filter(words -> words != null && !words.isBlank())
                    .reduce((first, second) -> second))
        .map(words -> NOT_TLS.matcher(IoWords.plain(words)).replaceFirst("$1"));
  }

  /** What the status was caused by, the nearest first. */
  public Stream<Throwable> causes() {
    return Causes.of(status.getCause());
  }
}
