package dev.rolecall.service;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleArn;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Callers of the rules of the tests, and a scheme whose credential is a caller's name. */
final class StatedCallers implements Scheme, CallerVerifier {

  static final String ACCOUNT = "arn:aws:iam::111122223333:role/";
  static final String ENGINEER = "AWSReservedSSO_Engineer_0123456789abcdef";
  static final String LEAD = "AWSReservedSSO_Lead_fedcba9876543210";
  static final String ENGINEER_ID = "AROAENGINEER00000001";
  static final String LEAD_ID = "AROALEAD000000000001";

  static final Caller ANA = session(ENGINEER, ENGINEER_ID, "Ana@example.com");
  static final Caller ANA_AS_LEAD = session(LEAD, LEAD_ID, "ana@example.com");
  static final Caller BEN = session(ENGINEER, ENGINEER_ID, "ben@example.com");
  static final Caller LEE = session(LEAD, LEAD_ID, "lee@example.com");
  static final Caller LEE_AS_ENGINEER = session(ENGINEER, ENGINEER_ID, "lee@example.com");
  static final Caller MAX = session(LEAD, LEAD_ID, "max@example.com");
  static final Caller PAT = session(LEAD, LEAD_ID, "pat@example.com");
  static final Caller BATCH = session("batch", "AROABATCH00000000001", "i-0123456789");
  static final Caller SECURITY = session("security", "AROASECURITY00000001", "shift");
  static final Caller ORDERS = session("orders", "AROAORDERS0000000001", "i-1");
  static final Caller STRANGER = session("stranger", "AROASTRANGER00000001", "i-2");

  /** A role that is made anew under the name of the engineers'. */
  static final Caller IMPOSTOR = session(ENGINEER, "AROAIMPOSTOR00000001", "ana@example.com");

  /** An engineer of whom a web identity token tells neither the role's id nor the session. */
  static final Caller UNKNOWN_ENGINEER =
      Caller.of(
          IamRole.ofUnknownId(RoleArn.parse(ACCOUNT + ENGINEER)),
          Evidence.of("aws-jwt", Evidence.Carrier.CALL_METADATA),
          Instant.MAX);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** Of all nodes, so that one that starts again knows the callers of before. */
  private static final Map<String, Caller> KNOWN = new ConcurrentHashMap<>();

  private static Caller session(String role, String id, String session) {
    return Caller.of(
        IamRole.of(ACCOUNT + role, id),
        Evidence.ofSession("stated", Evidence.Carrier.CALL_METADATA, session)
            .with("ASIA" + id.substring(4), List.of()),
        Instant.MAX);
  }

  static Caller subject(String name, long issuedAt) {
    return Caller.of(
            OidcSubject.of("okta", name),
            Evidence.of("oidc", Evidence.Carrier.CALL_METADATA),
            Instant.MAX)
        .with(Attributes.none().withClaims(Map.of("iat", new ClaimValue.Whole(issuedAt))));
  }

  /** Calls as that caller. */
  ClientInterceptor sentAs(Caller caller) {
    String name = "c" + Integer.toHexString(caller.hashCode());
    KNOWN.put(name, caller);
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + name);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    if (credential instanceof Credential.Header header && header.bearer() != null) {
      Caller caller = KNOWN.get(String.valueOf(header.bearer()));
      if (caller != null) {
        return new Reading.Settled(new Verification.Verified(caller));
      }
    }
    return Reading.notMine();
  }

  @Override
  public void close() {}
}
