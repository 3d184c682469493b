package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Caller;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionMemoTest {

  private static final Caller CALLER = GuardedServer.caller();
  private static final long NOT_AFTER = CALLER.notAfter().toEpochMilli();

  private final ConnectionMemo memo =
      new ConnectionMemo(new Peer("192.0.2.1", "192.0.2.1"), Optional.empty());

  @Test
  void rememberedProof_namesItsCaller_untilItLapses() {
    memo.remember("Bearer good", CALLER);

    assertThat(memo.callerOf("Bearer good", NOT_AFTER)).isSameAs(CALLER);
    assertThat(memo.callerOf("Bearer good", NOT_AFTER + 1)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer goo", "Bearer good ", "Bearer gooD", "bearer good", "good"})
  void anotherText_isUnknown(String other) {
    memo.remember("Bearer good", CALLER);

    assertThat(memo.callerOf(other, 0)).isNull();
  }

  @Test
  void asManyAsFit_areRemembered_andTheOldestGoesFirst() {
    for (int i = 0; i <= ConnectionMemo.MAX_PROOFS; i++) {
      memo.remember("Bearer " + i, CALLER);
    }

    assertThat(memo.callerOf("Bearer 0", 0)).isNull();
    for (int i = 1; i <= ConnectionMemo.MAX_PROOFS; i++) {
      assertThat(memo.callerOf("Bearer " + i, 0)).isSameAs(CALLER);
    }
  }

  @Test
  void sameProofTwice_takesOnePlace() {
    for (int i = 0; i <= ConnectionMemo.MAX_PROOFS; i++) {
      memo.remember("Bearer same", CALLER);
    }
    for (int i = 1; i < ConnectionMemo.MAX_PROOFS; i++) {
      memo.remember("Bearer " + i, CALLER);
    }

    assertThat(memo.callerOf("Bearer same", 0)).isSameAs(CALLER);
  }

  /** The memo is a value under a weak key, the transport's attributes: it must not lead back. */
  @Test
  void memo_holdsNothingOfTheTransports() throws Exception {
    List<Class<?>> held = new ArrayList<>();
    collect(ConnectionMemo.class, held);
    collect(Peer.class, held);
    collect(Class.forName(ConnectionMemo.class.getName() + "$Remembered"), held);

    assertThat(held).isNotEmpty().allMatch(ConnectionMemoTest::isPlain);
  }

  private static boolean isPlain(Class<?> type) {
    return type.isPrimitive()
        || List.of(String.class, Peer.class, Optional.class, Caller.class).contains(type)
        || type.getName().contains("ConnectionMemo$Remembered");
  }

  private static void collect(Class<?> type, List<Class<?>> into) {
    for (Field field : type.getDeclaredFields()) {
      into.add(field.getType());
    }
  }
}
