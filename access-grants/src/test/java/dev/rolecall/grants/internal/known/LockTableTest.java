package dev.rolecall.grants.internal.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.grants.internal.known.KnownLock.Span;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The callers that locks mean, at the edges of their fields. */
@Tag("attack")
final class LockTableTest {

  private static final String ARN = "arn:aws:iam::111122223333:role/Engineer";
  private static final String ROLE = "AROAEXAMPLEENGINEER1";
  private static final String KEY = "ASIAEXAMPLE00001";
  private static final long NOW = 1_800_000_000_000L;
  private static final Instant NEVER = Instant.parse("2099-01-01T00:00:00Z");
  private static final Span FOR_GOOD = new Span(0, 0);

  private static KnownLock lock(long revision, Span span, LockPart part) {
    return new KnownLock("l1", revision, span, false, List.of(part));
  }

  private static LockTable locks(Span span, LockPart part) {
    return LockTable.empty().changedBy(List.of(lock(1, span, part)));
  }

  private static Caller role(String arn, String credentialId) {
    Evidence evidence =
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "ana")
            .with(credentialId, List.of());
    return Caller.of(IamRole.of(arn, ROLE), evidence, NEVER);
  }

  private static Caller subject(long issuedAt) {
    return Caller.of(
            OidcSubject.of("okta", "ana"),
            Evidence.of("jwt", Evidence.Carrier.CALL_METADATA),
            NEVER)
        .with(Attributes.none().withClaims(Map.of("iat", new ClaimValue.Whole(issuedAt))));
  }

  private static LockPart ofKey() {
    return new LockPart("", "", "", KEY);
  }

  /** What is no access key's id leaves the key of the session unknown: it may be the locked one. */
  @ParameterizedTest
  @CsvSource({
    "ASIAEXAMPLE00001, true",
    "ASIAEXAMPLE00002, false", // the shortest id of another key
    "ASIAAZ0990ZA0001, false", // the outermost characters
    "AKIAEXAMPLE00002, false",
    "ASIAEXAMPLE0002, true", // one character short of an id
    "AIDAEXAMPLE00002, true",
    "ASIAeXAMPLE00002, true",
    "ASIAEXAMPLE0000@, true",
    "ASIAEXAMPLE0000[, true",
    "ASIAEXAMPLE0000/, true",
    "ASIAEXAMPLE0000:, true",
    "5e0c-jti-of-a-token, true",
  })
  void lockOfKey_meansItsOwnAndUnknownOnes(String credentialId, boolean meant) {
    assertThat(locks(FOR_GOOD, ofKey()).means(role(ARN, credentialId), NOW)).isEqualTo(meant);
  }

  @Test
  void lockOfKey_meansNoCallerWithoutRole() {
    assertThat(locks(FOR_GOOD, ofKey()).means(subject(1), NOW)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1900000000, true", // whenever it was issued
    "1800000000000, 1799999999, true",
    "1800000000000, 1800000000, false", // issued at the limit
    "1800000000001, 1800000000, true", // issued a millisecond before it, or within its second
    "1800000000001, 1800000001, false",
  })
  void lockOfOldCredentials_meansThoseIssuedBefore(
      long issuedBeforeMillis, long issuedAt, boolean meant) {
    LockTable locks =
        locks(new Span(0, issuedBeforeMillis), new LockPart("oidc:okta:ana", "", "", ""));

    assertThat(locks.means(subject(issuedAt), NOW)).isEqualTo(meant);
  }

  /** STS names a role without its path, and the lock may have it. */
  @Test
  void lockOfRole_meansItUnderAnotherName_byItsId() {
    LockPart withPath = new LockPart("arn:aws:iam::111122223333:role/team/Engineer", ROLE, "", "");

    assertThat(locks(FOR_GOOD, withPath).means(role(ARN, KEY), NOW)).isTrue();
    assertThat(
            locks(FOR_GOOD, new LockPart(ARN, "AROAEXAMPLEOTHERONE1", "", ""))
                .means(role(ARN, KEY), NOW))
        .isFalse();
  }

  @Test
  void lockOfASet_thatCannotBeRead_meansEachRole() {
    assertThat(
            locks(FOR_GOOD, new LockPart("sso:a-later-form", "", "", ""))
                .means(role(ARN, KEY), NOW))
        .isTrue();
  }

  @Test
  void lock_thatEnds_isInForceUntilThen() {
    LockTable locks = locks(new Span(NOW, 0), new LockPart(ARN, "", "", ""));

    assertThat(locks.means(role(ARN, KEY), NOW - 1)).isTrue();
    assertThat(locks.means(role(ARN, KEY), NOW)).isFalse();
  }

  @Test
  void change_ofAnOlderRevision_unlocksNothing() {
    LockPart part = new LockPart(ARN, "", "", "");
    LockTable locks = LockTable.empty().changedBy(List.of(lock(5, FOR_GOOD, part)));
    KnownLock older = new KnownLock("l1", 4, FOR_GOOD, true, List.of(part));
    KnownLock same = new KnownLock("l1", 5, FOR_GOOD, true, List.of(part));

    assertThat(locks.changedBy(List.of(older)).means(role(ARN, KEY), NOW)).isTrue();
    assertThat(locks.changedBy(List.of(same)).means(role(ARN, KEY), NOW)).isFalse();
  }

  @Test
  void part_ofEveryCaller_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LockPart("", "", "", ""))
        .withMessage("a lock of every caller (expected: a field that is filled)");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1"})
  void span_ofANegativeTime_isRefused(long until, long issuedBefore) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(until, issuedBefore));
  }
}
