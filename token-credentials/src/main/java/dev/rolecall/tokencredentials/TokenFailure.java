package dev.rolecall.tokencredentials;

import dev.rolecall.identity.internal.AnswerTooLongException;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.renewal.RenewalFailure.Kind;
import dev.rolecall.renewal.RenewalFailure.Pause;
import dev.rolecall.tokencredentials.internal.Endpoint;
import dev.rolecall.tokencredentials.internal.UnusableFileException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Decides whether a failure passes, and puts it in words: host or file, what went wrong, what to
 * do. Never in the words of what was thrown, which may hold a secret.
 */
final class TokenFailure {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int MOST_CAUSES = 8;

  /** Of RFC 6749, section 5.2, RFC 8693, section 2.2.2 and RFC 8707, section 2. */
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              "invalid_client",
              "check the client id, its secret or key, and the method that the client is"
                  + " registered with"),
          Map.entry(
              "invalid_grant", "the token or code presented has ended or was used: get a new one"),
          Map.entry("invalid_request", "check which parameters the issuer expects"),
          Map.entry("invalid_scope", "ask for scopes that the issuer gives to this client"),
          Map.entry("invalid_target", "ask for an audience or resource that the issuer knows"),
          Map.entry(
              "unauthorized_client",
              "allow this grant, or this secret, to the client at the issuer"),
          Map.entry("unsupported_grant_type", "switch the grant on at the issuer"),
          Map.entry("access_denied", "the issuer refuses this client: ask who runs it"));

  /** Of RFC 6749, section 4.1.2.1 and RFC 8628, section 3.5: the issuer asks for patience. */
  private static final List<String> PASSING_ERRORS =
      List.of("temporarily_unavailable", "server_error", "slow_down");

  private TokenFailure() {}

  static TokenUnavailableException closed() {
    return lasting("these credentials are closed");
  }

  /** The connection would show the token to anyone who reads the wire. */
  static TokenUnavailableException plaintext() {
    return lasting(
        "the access token is not sent over a connection without transport security: use TLS, or"
            + " allowPlaintext() on a network that is trusted");
  }

  static TokenUnavailableException rejected() {
    return passing("the call's executor accepts no work, so no token was asked for");
  }

  static TokenUnavailableException lasting(String message) {
    return new TokenUnavailableException(Kind.LASTING, message);
  }

  static TokenUnavailableException passing(String message) {
    return new TokenUnavailableException(Kind.PASSING, message);
  }

  /** Something that should not happen: a defect here, in code of the user, or in the platform. */
  static TokenUnavailableException defect(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return new TokenUnavailableException(
        Kind.DEFECT,
        "the access token could not be had: "
            + thrown.getClass().getName()
            + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  /**
   * A secret, a key or a token could not be read from where it lies, or the whole took too long.
   */
  static TokenUnavailableException notLoaded(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof TokenUnavailableException known) {
      return known;
    }
    if (cause instanceof TimeoutException) {
      return passing("no token yet: a secret, a token file or the issuer has not answered in time");
    }
    if (cause instanceof UnusableFileException file) {
      return passing("no token: " + file.getMessage());
    }
    if (cause instanceof FileSystemException file) {
      return passing(
          "no token: "
              + InvalidValue.printable(String.valueOf(file.getFile()))
              + " "
              + reason(file));
    }
    return cause instanceof IOException
        ? passing("no token: a secret could not be read (" + cause.getClass().getSimpleName() + ")")
        : defect(cause);
  }

  private static String reason(FileSystemException file) {
    if (file instanceof NoSuchFileException) {
      return "does not exist";
    }
    return file instanceof AccessDeniedException
        ? "may not be read by this process"
        : "cannot be read (" + file.getClass().getSimpleName() + ")";
  }

  /** The endpoint gave no answer. */
  static TokenUnavailableException unreachable(URI endpoint, Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof TokenUnavailableException known) {
      return known;
    }
    String host = Endpoint.host(endpoint);
    if (cause instanceof TimeoutException) {
      return passing(host + " has not answered in time");
    }
    if (!(cause instanceof IOException)) {
      return defect(cause);
    }
    return passing(host + " cannot be asked for a token: " + why(cause));
  }

  private static String why(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof SSLException) {
        return "TLS failed ("
            + cause.getClass().getSimpleName()
            + "); check trustedCertificates(...) and the client's certificate";
      }
      if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
        return "no such host";
      }
      if (cause instanceof AnswerTooLongException) {
        return "its answer has more than 64 KiB";
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection in time";
      }
      cause = cause.getCause();
    }
    return thrown instanceof ConnectException
        ? "it refuses connections"
        : thrown.getClass().getSimpleName();
  }

  /** The issuer answered something else than OAuth 2 has it. */
  static TokenUnavailableException unreadable(String host, String problem) {
    return passing(host + " answered no token: " + problem);
  }

  /**
   * The issuer answered with an error of OAuth.
   *
   * @param error its code
   * @param description its words, printable and free of secrets; empty for none
   */
  static TokenUnavailableException refused(String host, String error, String description) {
    boolean passes = PASSING_ERRORS.contains(error);
    String advice = ADVICE.getOrDefault(error, "");
    return new TokenUnavailableException(
        passes ? Kind.PASSING : Kind.LASTING,
        host
            + " answered "
            + error
            + (description.isEmpty() ? "" : " (" + description + ")")
            + (advice.isEmpty() ? "" : ": " + advice),
        new Pause(Duration.ZERO, LONGEST_PAUSE),
        error);
  }

  /** The issuer answered with another status. */
  static TokenUnavailableException status(String host, int status) {
    String words = host + " answered HTTP status " + status;
    if (status >= 300 && status < 400) {
      words += ": redirects are not followed; name the issuer or endpoint that it leads to";
    } else if (status == 404) {
      words += ": there is no such endpoint; check the issuer or token endpoint";
    } else {
      words += " without an error of OAuth";
    }
    return new TokenUnavailableException(
        Kind.LASTING, words, new Pause(Duration.ZERO, LONGEST_PAUSE), null);
  }

  /** The issuer is busy or down. */
  static TokenUnavailableException busy(String host, int status, Duration retryAfter) {
    return new TokenUnavailableException(
        Kind.PASSING,
        host + " answered HTTP status " + status + ": it is tried again",
        new Pause(retryAfter, LONGEST_PAUSE),
        null);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
