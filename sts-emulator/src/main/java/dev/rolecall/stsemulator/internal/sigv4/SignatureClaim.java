package dev.rolecall.stsemulator.internal.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signature that a request claims to have, in either form. <b>Nothing in it has been
 * verified.</b> Immutable; {@code toString} masks the signature and the session token.
 */
public final class SignatureClaim {

  /** The part of a request that carries its signature. */
  public enum Form {
    /** In the query: a presigned request. */
    QUERY,
    /** In the Authorization header. */
    HEADER
  }

  private final Form form;
  private final ClaimedCredential credential;
  private final AmzDate date;
  private final List<String> signedHeaders;
  private final String signature;
  private final Optional<String> sessionToken;

  SignatureClaim(
      Form form,
      ClaimedCredential credential,
      AmzDate date,
      List<String> signedHeaders,
      String signature,
      Optional<String> sessionToken) {
    this.form = form;
    this.credential = credential;
    this.date = date;
    this.signedHeaders = List.copyOf(signedHeaders);
    this.signature = signature;
    this.sessionToken = sessionToken;
  }

  /** The part of the request that carries the signature. */
  public Form form() {
    return form;
  }

  /** The access key id it claims to be signed with. */
  public String accessKeyId() {
    return credential.accessKeyId();
  }

  /** The scope it claims to be signed in. */
  public CredentialScope scope() {
    return credential.scope();
  }

  /** {@code X-Amz-Date} as it was sent. */
  public String amzDate() {
    return date.text();
  }

  /** {@code X-Amz-Date} as an instant. */
  public Instant signedAt() {
    return date.instant();
  }

  /** The names of the headers it covers: lower-case, sorted, none twice. */
  public List<String> signedHeaders() {
    return signedHeaders;
  }

  /** The session token; a secret. Empty when the request has none. */
  public Optional<String> sessionToken() {
    return sessionToken;
  }

  /** Whether the request carries that signature, in time that does not depend on where it fails. */
  boolean carries(String expected) {
    return MessageDigest.isEqual(signature.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "SignatureClaim[" + form + ", " + credential + ", ****]";
  }
}
