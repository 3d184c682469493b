package dev.rolecall.access.audit;

/** The answer of a shadow policy about a call. */
public enum ShadowAnswer {
  /** The caller may call the method. */
  ALLOWED("allowed"),
  /** Anyone may, without a proof of who they are. */
  PUBLIC("public"),
  /** The caller may not call the method. */
  DENIED("denied"),
  /** Not without a proof. The method is public in the policy in force, so no proof was read. */
  CALLER_REQUIRED("caller_required");

  private final String label;

  ShadowAnswer(String label) {
    this.label = label;
  }

  /** The word in metrics and records. */
  public String label() {
    return label;
  }
}
