package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import io.opentelemetry.api.common.Attributes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionMemoTest {

  private static final Caller CALLER = Checkout.caller();
  private static final long NOT_AFTER = CALLER.notAfter().toEpochMilli();

  /** What leads to no object of gRPC's. The array is one of decisions. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          // One without headers: ConditionalCallsTest holds it to that.
          CallOrigin.class,
          String.class,
          byte[].class,
          Optional.class,
          // A connection's own credential: its scheme made it of the certificate's parts.
          Credential.class,
          Credential.Header.class,
          // Of a proxy: callers of this list, by the texts of their tokens.
          Cache.class,
          ConnectionMemo.Ends.class,
          PresentedCertificates.class,
          Clock.class,
          Duration.class,
          Map.class,
          Caller.class,
          CachedCaller.class,
          AtomicReferenceArray.class,
          // What its records have in common: values alone.
          RecordForm.class,
          Admission.class,
          // The right of a caller and its grants: of values and of views of the grants alone.
          Admission.Ground.class,
          GrantedRight.class,
          List.class,
          CachedDecision.class,
          CalledMethod.class,
          MethodPath.class,
          AuditCondition.class,
          RuleName.class,
          Attributes.class);

  private static final long LAPSE = 1_000;

  private final ConnectionMemo memo =
      new ConnectionMemo("192.0.2.1", ends(Optional.empty()), null, false);

  private static ConnectionMemo.Ends ends(Optional<BindingHash> shown) {
    return new ConnectionMemo.Ends(
        shown, Optional.empty(), new PresentedCertificates(new ManualTime()));
  }

  @Test
  void rememberedProof_namesItsCaller_untilItLapses() {
    memo.remember(header("Bearer good"), known());

    assertThat(callerOf("Bearer good", NOT_AFTER)).isSameAs(CALLER);
    assertThat(callerOf("Bearer good", NOT_AFTER + 1)).isNull();
  }

  @Test
  void lapsedProof_staysLapsed_whenTheClockStepsBack() {
    memo.remember(header("Bearer good"), known());
    assertThat(callerOf("Bearer good", NOT_AFTER + 1)).isNull();

    assertThat(callerOf("Bearer good", NOT_AFTER)).isNull();
  }

  @Test
  void proof_lapsesByElapsedTime_whateverTheClockSays() {
    CachedCaller known = known();

    assertThat(known.isGoodAt(0, LAPSE)).isTrue();
    assertThat(known.isGoodAt(0, LAPSE + 1)).isFalse();
    assertThat(known.isGoodAt(0, LAPSE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer goo", "Bearer good ", "Bearer gooD", "bearer good", "good"})
  void anotherText_isUnknown(String other) {
    memo.remember(header("Bearer good"), known());

    assertThat(callerOf(other, 0)).isNull();
  }

  @Test
  void asManyAsFit_areRemembered_andTheOldestGoesFirst() {
    for (int i = 0; i <= ConnectionMemo.MAX_CREDENTIALS; i++) {
      memo.remember(header("Bearer " + i), known());
    }

    assertThat(callerOf("Bearer 0", 0)).isNull();
    for (int i = 1; i <= ConnectionMemo.MAX_CREDENTIALS; i++) {
      assertThat(callerOf("Bearer " + i, 0)).isSameAs(CALLER);
    }
  }

  @Test
  void sameProofTwice_takesOnePlace() {
    for (int i = 0; i <= ConnectionMemo.MAX_CREDENTIALS; i++) {
      memo.remember(header("Bearer same"), known());
    }
    for (int i = 1; i < ConnectionMemo.MAX_CREDENTIALS; i++) {
      memo.remember(header("Bearer " + i), known());
    }

    assertThat(callerOf("Bearer same", 0)).isSameAs(CALLER);
  }

  @Test
  void certificates_areLookedAtForCredentialsThatSchemesReadAlone() {
    BindingHash shown = BindingHash.of(new byte[] {1});
    ConnectionMemo overTls = new ConnectionMemo("192.0.2.1", ends(Optional.of(shown)), null, false);

    assertThat(overTls.describedFor(header("Bearer x")))
        .isEqualTo(new Connection("192.0.2.1", Set.of(shown)));
    assertThat(overTls.describedFor(Credential.none()))
        .isEqualTo(Connection.withoutTls("192.0.2.1"));
    assertThat(overTls.describedFor(Credential.ambiguous()))
        .isEqualTo(Connection.withoutTls("192.0.2.1"));
    assertThat(overTls.describedFor(new Credential.Unusable(RefusalReason.ATTESTATION_INVALID)))
        .isEqualTo(Connection.withoutTls("192.0.2.1"));
    assertThat(memo.describedFor(header("Bearer x"))).isEqualTo(Connection.withoutTls("192.0.2.1"));
  }

  private @Nullable Caller callerOf(String authorization, long now) {
    CachedCaller known = memo.known(header(authorization));
    return known == null || !known.isGoodAt(now, 0) ? null : known.caller();
  }

  private static CachedCaller known() {
    return new CachedCaller(CALLER, LAPSE);
  }

  private static Credential header(String text) {
    return new Credential.Header(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The memo is a value under a weak key, the transport's attributes: it must not lead back. */
  @Test
  void memo_holdsNothingOfTheTransports() throws Exception {
    List<Class<?>> held = new ArrayList<>();
    collect(ConnectionMemo.class, held);
    collect(Class.forName(ConnectionMemo.class.getName() + "$Remembered"), held);
    collect(ConnectionMemo.Ends.class, held);
    collect(Credential.Header.class, held);
    collect(PresentedCertificates.class, held);
    collect(CachedCaller.class, held);
    collect(Class.forName(CachedCaller.class.getName() + "$TokenDecision"), held);
    collect(Class.forName(CachedCaller.class.getName() + "$Sender"), held);
    collect(CachedDecision.class, held);
    collect(CachedDecision.Named.class, held);
    collect(Admission.class, held);
    collect(CalledMethod.class, held);

    assertThat(held).isNotEmpty().allMatch(ConnectionMemoTest::isPlain);
  }

  private static boolean isPlain(Class<?> type) {
    return type.isPrimitive()
        || PLAIN.contains(type)
        || type.getName().contains("ConnectionMemo$Remembered")
        || type.getName().contains("CachedCaller$TokenDecision")
        || type.getName().contains("CachedCaller$Sender");
  }

  private static void collect(Class<?> type, List<Class<?>> into) {
    for (Field field : type.getDeclaredFields()) {
      // A static one that no source has is a coverage tool's.
      if (!field.isSynthetic() || !Modifier.isStatic(field.getModifiers())) {
        into.add(field.getType());
      }
    }
  }
}
