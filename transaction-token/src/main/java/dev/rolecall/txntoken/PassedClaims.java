package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.FailedCheckException.unless;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleId;
import dev.rolecall.jwt.ClaimsReading;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.TokenTimes;
import dev.rolecall.jwt.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reader of a token's claims. It checks what they say in order, the cheap checks first. */
final class PassedClaims {

  private static final int LONGEST_SCOPE = 2_048;

  private final JsonValue.Members claims;
  private final TokenRules rules;

  PassedClaims(JsonValue.Members claims, TokenRules rules) {
    this.claims = claims;
    this.rules = rules;
  }

  /** The caller that the claims name at that moment. */
  Caller caller(String kid, Instant now) throws FailedCheckException {
    TokenTimes times = times();
    audience();
    life(times, now);
    scope();
    unless(!claims.has("act") && !claims.has("cnf"), TokenCheck.UNSUPPORTED);
    String transaction = text(claims, Claim.TRANSACTION, TokenCheck.TRANSACTION);
    unless(Claim.isTransaction(transaction), TokenCheck.TRANSACTION);
    String workload = text(claims, Claim.WORKLOAD, TokenCheck.WORKLOAD);
    unless(Claim.isWorkload(workload), TokenCheck.WORKLOAD);
    JsonValue requester = claims.get(Claim.REQUESTER).orElse(null);
    if (!(requester instanceof JsonValue.Members members)) {
      throw new FailedCheckException(TokenCheck.REQUESTER);
    }
    Evidence evidence = evidence(members, transaction, workload, kid);
    List<Principal> actors = actors(members);
    Principal principal = principal(members);
    unless(
        rules.names().allow(principal) && actors.stream().allMatch(rules.names()::allow),
        TokenCheck.ISSUER);
    return new Caller(principal, Attributes.none().withActors(actors), evidence, times.expiry());
  }

  /** The times. A subject may be longer than that of other tokens, so it is read apart. */
  private TokenTimes times() throws FailedCheckException {
    Map<String, JsonValue> registered = new LinkedHashMap<>(claims.values());
    registered.remove(Claim.SUBJECT);
    ClaimsReading reading = TokenClaims.read(new JsonValue.Members(registered));
    if (reading instanceof ClaimsReading.Malformed malformed) {
      throw new FailedCheckException(TokenCheck.of(malformed.flaw()));
    }
    TokenTimes times = ((ClaimsReading.Read) reading).claims().times();
    unless(times.issuedAt().isPresent(), TokenCheck.TIMES);
    return times;
  }

  private void audience() throws FailedCheckException {
    String audience = text(claims, Claim.AUDIENCE, TokenCheck.AUDIENCE_FORM);
    unless(audience.equals(rules.domain().name()), TokenCheck.AUDIENCE);
  }

  /** A token counts 30 s before its date, and not at all after its end. */
  private static void life(TokenTimes times, Instant now) throws FailedCheckException {
    unless(now.isBefore(times.expiry()), TokenCheck.EXPIRED);
    Optional<TokenCheck> flaw = TokenRules.TIMES.flaw(times, now).map(TokenCheck::of);
    if (flaw.isPresent()) {
      throw new FailedCheckException(flaw.get());
    }
  }

  private void scope() throws FailedCheckException {
    String scope = text(claims, Claim.SCOPE, TokenCheck.SCOPE_FORM);
    unless(scope.length() <= LONGEST_SCOPE, TokenCheck.SCOPE_FORM);
    boolean mine = false;
    for (String name : scope.split(" ", -1)) {
      unless(Audience.isValid(name), TokenCheck.SCOPE_FORM);
      mine |= rules.scopes().contains(name);
    }
    unless(mine, TokenCheck.SCOPE);
  }

  private static Evidence evidence(
      JsonValue.Members requester, String transaction, String workload, String kid)
      throws FailedCheckException {
    String scheme = text(requester, Claim.SCHEME, TokenCheck.SCHEME);
    try {
      // Evidence has the rule of a scheme's name.
      Evidence.of(scheme, Evidence.Carrier.CALL_METADATA);
    } catch (IllegalArgumentException e) {
      // Its message quotes the text.
      throw new FailedCheckException(TokenCheck.SCHEME);
    }
    Optional<String> session = optional(requester, Claim.SESSION, TokenCheck.SESSION);
    Optional<String> address = optional(requester, Claim.ADDRESS, TokenCheck.ADDRESS);
    unless(address.map(Claim::isAddress).orElse(true), TokenCheck.ADDRESS);
    try {
      return PassedEvidence.of(scheme, session, transaction, workload, kid, address);
    } catch (IllegalArgumentException e) {
      // Its message quotes the text.
      throw new FailedCheckException(TokenCheck.SESSION);
    }
  }

  private Principal principal(JsonValue.Members requester) throws FailedCheckException {
    Principal named =
        principal(text(claims, Claim.SUBJECT, TokenCheck.SUBJECT), TokenCheck.SUBJECT);
    Optional<String> id = optional(requester, Claim.ROLE_ID, TokenCheck.ROLE_ID);
    if (id.isEmpty()) {
      return named;
    }
    unless(named instanceof IamRole, TokenCheck.ROLE_ID);
    try {
      return new IamRole(((IamRole) named).arn(), RoleId.parse(id.get()));
    } catch (IllegalArgumentException e) {
      // Its message quotes the text.
      throw new FailedCheckException(TokenCheck.ROLE_ID);
    }
  }

  private static List<Principal> actors(JsonValue.Members requester) throws FailedCheckException {
    if (!requester.has(Claim.ACTORS)) {
      return List.of();
    }
    JsonValue value = requester.get(Claim.ACTORS).orElseThrow();
    if (!(value instanceof JsonValue.Items items)
        || items.values().isEmpty()
        || items.values().size() > Attributes.MOST_ACTORS) {
      throw new FailedCheckException(TokenCheck.ACTORS);
    }
    List<Principal> actors = new ArrayList<>();
    for (JsonValue item : items.values()) {
      if (!(item instanceof JsonValue.Text text)) {
        throw new FailedCheckException(TokenCheck.ACTORS);
      }
      actors.add(principal(text.value(), TokenCheck.ACTORS));
    }
    return actors;
  }

  private static Principal principal(String text, TokenCheck check) throws FailedCheckException {
    try {
      return Principal.parse(text);
    } catch (IllegalArgumentException e) {
      // Its message quotes the text.
      throw new FailedCheckException(check);
    }
  }

  private static String text(JsonValue.Members members, String name, TokenCheck check)
      throws FailedCheckException {
    return members.text(name).orElseThrow(() -> new FailedCheckException(check));
  }

  private static Optional<String> optional(JsonValue.Members members, String name, TokenCheck check)
      throws FailedCheckException {
    unless(!members.has(name) || members.text(name).isPresent(), check);
    return members.text(name);
  }
}
