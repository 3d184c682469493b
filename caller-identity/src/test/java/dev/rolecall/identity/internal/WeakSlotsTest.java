package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by the identity of what they belong to, in slots. */
final class WeakSlotsTest {

  private static final int COLLECTIONS = 1_000;
  private static final char[] KEY = {'k', 'e', 'y'};

  private final WeakSlots<Object, Object> slots = new WeakSlots<>(1);

  @Test
  void get_anotherEqualObject_isNone() {
    String key = String.valueOf(KEY);
    slots.put(key, "value");

    assertThat(slots.get(key)).isEqualTo("value");
    assertThat(slots.get(String.valueOf(KEY))).isNull();
  }

  @Test
  void put_onATakenSlot_takesItsPlace() {
    Object first = new Object();
    Object second = new Object();
    slots.put(first, "first");
    slots.put(second, "second");

    assertThat(slots.get(first)).isNull();
    assertThat(slots.get(second)).isEqualTo("second");
  }

  @Test
  void putIfFree_onATakenSlot_leavesIt() {
    Object first = new Object();
    Object second = new Object();
    slots.putIfFree(first, "first");
    slots.putIfFree(second, "second");

    assertThat(slots.get(first)).isEqualTo("first");
    assertThat(slots.get(second)).isNull();
  }

  @Test
  void clear_keepsNothing() {
    Object key = new Object();
    slots.put(key, "value");

    slots.clear();

    assertThat(slots.get(key)).isNull();
  }

  @Test
  void slotOfACollectedObject_isFree_andItsValueGoes() {
    WeakSlots<Object, Object> many = new WeakSlots<>(64);
    List<WeakReference<Object>> values = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Object value = new Object();
      values.add(new WeakReference<>(value));
      many.put(new Object(), value);
    }

    for (int i = 0; i < COLLECTIONS && values.stream().anyMatch(each -> each.get() != null); i++) {
      System.gc();
      // What is gone is cleared when another comes.
      Object next = new Object();
      many.putIfFree(next, "next");
    }

    assertThat(values).allMatch(each -> each.get() == null);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3, 63})
  void size_thatIsNoPowerOfTwo_isRefused(int size) {
    assertThatThrownBy(() -> new WeakSlots<>(size)).isInstanceOf(IllegalArgumentException.class);
  }
}
