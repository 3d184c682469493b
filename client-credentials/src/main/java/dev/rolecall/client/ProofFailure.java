package dev.rolecall.client;

import static java.util.stream.Collectors.joining;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.internal.AwsWords;
import dev.rolecall.client.internal.Thrown;
import dev.rolecall.client.internal.WebIdentityWords;
import dev.rolecall.renewal.RenewalFailure.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Decides whether a failure passes, and puts it in words. Never in the words of what was thrown:
 * STS echoes the session token in SignatureDoesNotMatch, and a credential process may print
 * anything. Class names, AWS error codes and request ids are safe.
 */
final class ProofFailure {

  private ProofFailure() {}

  static ProofUnavailableException closed() {
    return lasting("these credentials are closed");
  }

  /** The connection would show the proof to anyone who reads the wire. */
  static ProofUnavailableException plaintext() {
    return lasting(
        "the caller proof is not sent over a connection without transport security: use TLS, or"
            + " allowPlaintext() on a network that is trusted");
  }

  static ProofUnavailableException noRegion() {
    return lasting(
        "no AWS Region found: set AWS_REGION or AWS_DEFAULT_REGION, or region in the profile, or region(...) in code");
  }

  static ProofUnavailableException badRegion(IllegalArgumentException rule) {
    return lasting("the default AWS Region cannot be used: " + rule.getMessage());
  }

  /** Its value is not shown: it may hold a password. */
  static ProofUnavailableException badEndpoint(String setting) {
    return lasting(
        setting
            + " cannot be used as STS's endpoint (expected: "
            + StsTarget.ENDPOINT_RULE
            + "); set it right, or unset it, or name endpoint(...) in code");
  }

  /** The builder of proofs names the rule and never the value. */
  static ProofUnavailableException notWritable(IllegalArgumentException rule) {
    return lasting("the AWS credentials cannot be written as a proof: " + rule.getMessage());
  }

  /** Likewise; keys as short as that are made up for LocalStack. */
  static ProofUnavailableException keyOfALocalStack(IllegalArgumentException rule) {
    return lasting(
        "the AWS credentials cannot be written as a proof: "
            + rule.getMessage()
            + "; a key such as LocalStack's 'test' is no role's: run 'aws sts assume-role"
            + " --endpoint-url http://localhost:4566 --role-arn"
            + " arn:aws:iam::000000000000:role/NAME --role-session-name NAME' and set the three"
            + " values it prints. LocalStack verifies no signed URL, and calls every signer root:"
            + " for callers that a server admits, use the STS of 'rolecall sts'");
  }

  static ProofUnavailableException anonymous(String tried) {
    return lasting("no AWS credentials: anonymous ones came from " + tried);
  }

  static ProofUnavailableException rejected() {
    return passing("the call's executor accepts no work, so AWS credentials were not loaded");
  }

  /**
   * Credentials could not be loaded.
   *
   * @param tried what was tried
   * @param attempts why each place of the default chain gave nothing, where that was asked
   * @param loadedBefore whether it has worked before: a metadata service that is away looks like
   *     one that was never there
   */
  static ProofUnavailableException notLoaded(
      Throwable thrown, String tried, List<CredentialsAttempt> attempts, boolean loadedBefore) {
    Optional<AwsServiceException> refusal = Thrown.first(thrown, AwsServiceException.class);
    if (refusal.isPresent()) {
      String text = tried + ": AWS answered " + AwsWords.of(refusal.get());
      return notLoaded(text, attempts, AwsWords.isPassing(refusal.get()));
    }
    if (attempts.isEmpty()) {
      return notLoaded(
          tried + ": " + Thrown.classes(thrown), attempts, isPassing(thrown) || loadedBefore);
    }
    boolean passes =
        thrown instanceof TimeoutException
            || attempts.stream().anyMatch(each -> each.isSetUp() && each.isPassing())
            || loadedBefore;
    return notLoaded(
        tried + ":\n  " + attempts.stream().map(Object::toString).collect(joining("\n  ")),
        attempts,
        passes);
  }

  private static ProofUnavailableException notLoaded(
      String text, List<CredentialsAttempt> attempts, boolean passes) {
    return passes
        ? new ProofUnavailableException(
            Kind.PASSING, "AWS credentials could not be loaded now; tried " + text, attempts)
        : new ProofUnavailableException(
            Kind.LASTING, "no AWS credentials; tried " + text, attempts);
  }

  /** Something that should not happen: a defect here, in the SDK or in the platform. */
  static ProofUnavailableException defect(Throwable thrown) {
    return defect("the caller proof could not be signed", thrown);
  }

  /** The same of another credential. */
  static ProofUnavailableException defect(String what, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return new ProofUnavailableException(
        Kind.DEFECT,
        what + ": " + Thrown.classes(thrown) + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  /**
   * STS gave no web identity token.
   *
   * @param account the account of the caller, where the credentials name it
   */
  static ProofUnavailableException notIssued(
      Throwable thrown, String audience, Optional<String> account) {
    Optional<AwsServiceException> refusal = Thrown.first(thrown, AwsServiceException.class);
    if (refusal.isPresent()) {
      String words = WebIdentityWords.of(refusal.get(), audience, account);
      return WebIdentityWords.isPassing(refusal.get()) ? passing(words) : lasting(words);
    }
    String words = "STS gave no web identity token: " + Thrown.classes(thrown);
    return isPassing(thrown) ? passing(words) : lasting(words);
  }

  static ProofUnavailableException noToken() {
    return passing(
        "STS answered without a web identity token that fits into a header (expected: a JWT of at"
            + " most 8192 characters)");
  }

  /** The connection would show the token to anyone who reads the wire. */
  static ProofUnavailableException plaintextToken() {
    return lasting(
        "the web identity token is not sent over a connection without transport security: use TLS,"
            + " or allowPlaintext() on a network that is trusted");
  }

  private static boolean isPassing(Throwable thrown) {
    for (Throwable t : Thrown.chain(thrown).toList()) {
      if (t instanceof UncheckedIOException) {
        continue; // Its cause says whether a file is missing or a connection broke.
      }
      if (t instanceof FileNotFoundException || t instanceof FileSystemException) {
        return false;
      }
      if (t instanceof IOException
          || t instanceof TimeoutException
          || t instanceof InterruptedException
          || t instanceof CancellationException
          || t instanceof AbortedException
          || t instanceof ApiCallTimeoutException
          || t instanceof ApiCallAttemptTimeoutException) {
        return true;
      }
    }
    // The SDK's word for "nowhere to be found". A stranger's exception may be an outage.
    return !(thrown instanceof SdkClientException);
  }

  private static ProofUnavailableException lasting(String message) {
    return new ProofUnavailableException(Kind.LASTING, message);
  }

  private static ProofUnavailableException passing(String message) {
    return new ProofUnavailableException(Kind.PASSING, message);
  }
}
