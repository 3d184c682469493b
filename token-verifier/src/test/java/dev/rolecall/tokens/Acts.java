package dev.rolecall.tokens;

/** Chains of actors. */
final class Acts {

  private Acts() {}

  /** So many actors within each other, {@code agent-1} outermost. */
  static String nested(int count) {
    String act = "";
    for (int i = count; i > 0; i--) {
      act = "{\"sub\":\"agent-" + i + "\"" + (act.isEmpty() ? "" : ",\"act\":" + act) + "}";
    }
    return act;
  }
}
