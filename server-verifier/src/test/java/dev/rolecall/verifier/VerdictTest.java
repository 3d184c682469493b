package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleId;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts by the answer of STS. */
@Tag("attack")
final class VerdictTest {

  @Test
  void verify_confirmedRole_isTheCaller() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      Verification.Verified verified = (Verification.Verified) bench.verify(Proofs.text());
      assertThat(verified.caller().toString())
          .isEqualTo("arn:aws:sts::111122223333:assumed-role/checkout/i-0abc");
      assertThat(verified.caller().role().orElseThrow().id())
          .contains(RoleId.parse("AROAEXAMPLE000000001"));
      assertThat(verified.caller().notAfter())
          .isEqualTo(Proofs.SIGNED_AT.plus(Duration.ofMinutes(15)));
    }
  }

  @ParameterizedTest(name = "HTTP {0} {1}: {2}, asked {3} times")
  @CsvSource({
    "403, SignatureDoesNotMatch,      refused ISSUER_REFUSED,            1",
    "403, InvalidClientTokenId,       refused ISSUER_REFUSED,            1",
    "403, ExpiredToken,               refused ISSUER_REFUSED,            1",
    "400, RequestExpired,             refused ISSUER_REFUSED,            1",
    "400, IncompleteSignature,        refused ISSUER_REFUSED,            1",
    "403, IncompleteSignature,        refused ISSUER_REFUSED,            1",
    "403, MissingAuthenticationToken, refused ISSUER_REFUSED,            1",
    "403, AccessDenied,               refused ISSUER_REFUSED,            1",
    "403, OptInRequired,              refused ISSUER_REFUSED,            1",
    "400, UnrecognizedClientException,refused ISSUER_REFUSED,            1",
    "400, ExpiredTokenException,      refused ISSUER_REFUSED,            1",
    "400, AccessDeniedException,      refused ISSUER_REFUSED,            1",
    "400, ValidationError,            refused ISSUER_REFUSED,            1",
    "404, UnknownOperationException,  refused ISSUER_REFUSED,            1",
    "413, RequestEntityTooLarge,      refused ISSUER_REFUSED,            1",
    "403, CodeOfTheYear2040,          refused ISSUER_REFUSED,            1",
    "400, Throttling,                 unavailable ISSUER_UNAVAILABLE,    3",
    "400, ThrottlingException,        unavailable ISSUER_UNAVAILABLE,    3",
    "400, RequestLimitExceeded,       unavailable ISSUER_UNAVAILABLE,    3",
    "429, Anything,                   unavailable ISSUER_UNAVAILABLE,    3",
    "500, InternalFailure,            unavailable ISSUER_UNAVAILABLE,    3",
    "503, ServiceUnavailable,         unavailable ISSUER_UNAVAILABLE,    3",
    "500, SignatureDoesNotMatch,      unavailable ISSUER_UNAVAILABLE,    3",
    "403, TooManyRequestsException,   unavailable ISSUER_UNAVAILABLE,    3",
    "400, SlowDown,                   unavailable ISSUER_UNAVAILABLE,    3",
    "400, ThrottledOfTheYear2040,     unavailable ISSUER_UNAVAILABLE,    3",
    "400, RequestTimeout,             unavailable ISSUER_UNAVAILABLE,    3",
    "400, InternalError,              unavailable ISSUER_UNAVAILABLE,    3",
    "407, AccessDenied,               unavailable ISSUER_UNAVAILABLE,    3",
    "408, RequestExpired,             unavailable ISSUER_UNAVAILABLE,    3",
    "400, InvalidAction,              refused ISSUER_REFUSED,            1",
    "403, signaturedoesnotmatch,      refused ISSUER_REFUSED,            1",
    "301, SignatureDoesNotMatch,      unavailable ISSUER_ANSWER_INVALID, 1",
    "200, SignatureDoesNotMatch,      unavailable ISSUER_ANSWER_INVALID, 1"
  })
  void verify_stsError_isMappedByItsCode(int status, String code, String expected, int requests) {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(status, code));
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo(expected);
      assertThat(bench.sts.requests()).hasSize(requests);
    }
  }

  @ParameterizedTest(name = "HTTP {0}: {1}")
  @CsvSource({
    "500, unavailable ISSUER_UNAVAILABLE",
    "502, unavailable ISSUER_UNAVAILABLE",
    "400, unavailable ISSUER_ANSWER_INVALID",
    "403, unavailable ISSUER_ANSWER_INVALID",
    "407, unavailable ISSUER_UNAVAILABLE",
    "429, unavailable ISSUER_UNAVAILABLE",
    "302, unavailable ISSUER_ANSWER_INVALID",
    "204, unavailable ISSUER_ANSWER_INVALID",
    "200, unavailable ISSUER_ANSWER_INVALID"
  })
  void verify_htmlOfSomethingInBetween_isNeverARefusal(int status, String expected) {
    try (Bench bench = new Bench()) {
      bench.sts.then(new StsResponse(status, List.of("text/html"), new byte[] {'<', 'p', '>'}));
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo(expected);
    }
  }

  @Test
  void verify_connectionRefused_isUnavailable() {
    try (Bench bench = new Bench()) {
      bench.sts.thenFail(new IOException("refused"));
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.requests()).hasSize(3);
    }
  }

  @ParameterizedTest(name = "{1}: {3}")
  @CsvSource({
    "111122223333, arn:aws:iam::111122223333:user/ann,               AIDAEXAMPLE000000001, "
        + "refused CALLER_KIND_NOT_ACCEPTED",
    "111122223333, arn:aws:iam::111122223333:root,                   111122223333, "
        + "refused CALLER_KIND_NOT_ACCEPTED",
    "111122223333, arn:aws:sts::111122223333:federated-user/bob,     111122223333:bob, "
        + "refused CALLER_KIND_NOT_ACCEPTED",
    "111122223333, arn:aws:iam::111122223333:root,                   AKIAIOSFODNN7EXAMPLE, "
        + "refused CALLER_KIND_NOT_ACCEPTED",
    "111122223333, arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0abc, "
        + "111122223333:aws:ec2-instance:i-0abc, refused CALLER_KIND_NOT_ACCEPTED",
    "111122223333, arn:aws:sts::444455556666:assumed-role/checkout/s1, AROAEXAMPLE000000001:s1, "
        + "unavailable ISSUER_ANSWER_INVALID",
    "111122223333, arn:aws-cn:sts::111122223333:assumed-role/checkout/s1, "
        + "AROAEXAMPLE000000001:s1, unavailable ISSUER_ANSWER_INVALID"
  })
  void verify_signerThatIsNoRoleOfThePartition_isNoCaller(
      String account, String arn, String userId, String expected) {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.identity(account, arn, userId));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo(expected);
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_signerThatIsNoRole_isRememberedAndChargedLikeARefusal() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.limits(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)))) {
      bench.sts.then(
          FakeSts.identity(
              "111122223333",
              "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0abc",
              "111122223333:aws:ec2-instance:i-0abc"));
      for (int i = 0; i < 100; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text())))
            .isEqualTo("refused " + RefusalReason.CALLER_KIND_NOT_ACCEPTED);
      }
      assertThat(bench.sts.requests()).hasSize(1);
      int asked = 0;
      for (int i = 0; i < 100; i++) {
        bench.verify(Proofs.text(i + 1));
        asked = bench.sts.requests().size();
      }
      assertThat(asked).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void verify_accountNotAmongTheTrusted_isRefused() {
    AccountId other = AccountId.parse("444455556666");
    try (Bench bench = Bench.of(scheme -> scheme.trustAccount(Partition.AWS, other))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text())))
          .isEqualTo("refused " + RefusalReason.ACCOUNT_NOT_TRUSTED);
    }
  }

  @Test
  void verify_trustedAccount_isVerified() {
    AccountId account = AccountId.parse("111122223333");
    try (Bench bench = Bench.of(scheme -> scheme.trustAccount(Partition.AWS, account))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
    }
  }

  @Test
  void verify_trustedDigitsInAnotherPartition_isRefused() {
    AccountId account = AccountId.parse("111122223333");
    Partition china = Partition.parse("aws-cn");
    try (Bench bench =
        Bench.of(
            scheme ->
                scheme
                    .acceptPartitions(Set.of(Partition.AWS, china))
                    .trustAccount(Partition.AWS, account))) {
      bench.sts.then(
          FakeSts.identity(
              "111122223333",
              "arn:aws-cn:sts::111122223333:assumed-role/checkout/s1",
              "AROAEXAMPLE000000001:s1"));
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.cn-north-1.amazonaws.com.cn"))))
          .isEqualTo("refused ACCOUNT_NOT_TRUSTED");
    }
  }

  @Test
  void verify_proofThatLapsesWhileStsIsAsked_isExpired() {
    try (Bench bench = new Bench()) {
      bench.time.setClock(Proofs.SIGNED_AT.plus(Duration.ofSeconds(899)));
      var verification = bench.begin(Proofs.text());
      bench.time.advance(Duration.ofSeconds(2));
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(verification))).isEqualTo("refused CREDENTIAL_EXPIRED");
    }
  }
}
