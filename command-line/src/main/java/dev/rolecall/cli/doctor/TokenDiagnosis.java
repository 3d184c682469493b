package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checks of a bearer token, in order: whether there is one, its kind, and what a server needs
 * to take it. Prints no token.
 *
 * @param audience the audience that the server goes by; empty where it is not known, or where the
 *     server itself is asked
 * @param context this end's clock
 * @param report takes what is found, as it is found
 */
record TokenDiagnosis(Optional<String> audience, DoctorContext context, Consumer<Finding> report) {

  private static final String TOKEN = "token";
  private static final String NEEDS = "needs";
  private static final Pattern KEY = Pattern.compile("rck_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}");

  TokenDiagnosis {
    requireNonNull(audience, "audience");
    requireNonNull(context, "context");
    requireNonNull(report, "report");
  }

  /**
   * Checks; blocks for the token and for the answers of its issuer.
   *
   * @return the kind of the token; empty if there is none to send
   */
  Optional<CredentialKind> run(Supplier<String> token) {
    String text;
    try {
      text = token.get();
    } catch (StatusRuntimeException e) {
      report.accept(missing(e.getStatus()));
      return Optional.empty();
    } catch (ProofUnavailableException e) {
      report.accept(missing(e));
      return Optional.empty();
    }
    CredentialKind kind = CredentialKind.of(text);
    switch (kind) {
      case JWT -> new JwtDiagnosis(audience, context, report).run(text);
      case API_KEY -> key(text);
      case PROOF ->
          report.accept(Finding.ok(TOKEN, "a proof of a role: 'rolecall verify' says whose"));
      case OPAQUE_TOKEN -> opaque(text);
    }
    return Optional.of(kind);
  }

  private static Finding missing(Status status) {
    String words = String.valueOf(status.getDescription());
    return status.getCode() == Status.Code.UNAVAILABLE
        ? Finding.unknown(TOKEN, words, "try again; look at the way to the issuer")
        : Finding.wrong(TOKEN, words, "begin the login anew: rolecall login ALIAS");
  }

  /** The message holds AWS's code, and the next step. */
  private static Finding missing(ProofUnavailableException failure) {
    String words = String.valueOf(failure.getMessage());
    return failure.isRetryable()
        ? Finding.unknown(TOKEN, words, "try again; see 'sts'")
        : Finding.wrong(TOKEN, words, "docs/web-identity.md has what an account and a role need");
  }

  private void key(String text) {
    Matcher form = KEY.matcher(text);
    if (!form.matches()) {
      report.accept(
          Finding.wrong(
              TOKEN,
              "an API key, but not of the form of one",
              RefusalAdvice.on(RefusalReason.CREDENTIAL_MALFORMED, CredentialKind.API_KEY)));
      return;
    }
    report.accept(Finding.ok(TOKEN, "an API key of the id " + form.group(1)));
    report.accept(
        Finding.ok(
            NEEDS,
            "a server takes it over TLS, with: --api-keys FILE, of the file that has this id;"
                + " 'rolecall key list' says there whose it is, and when it ends"));
  }

  private void opaque(String text) {
    report.accept(
        Finding.ok(
            TOKEN,
            "an opaque token of " + text.length() + " characters: its issuer alone can read it"));
    report.accept(
        Finding.ok(
            NEEDS,
            "a server takes it with: --issuer ALIAS=URL --introspect ALIAS=URL"
                + " --introspect-client-file ALIAS=FILE"));
  }
}
