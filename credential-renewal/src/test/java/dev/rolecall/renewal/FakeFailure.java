package dev.rolecall.renewal;

/** A failure of a fake source. */
final class FakeFailure extends RuntimeException implements RenewalFailure {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient Pause pause;

  FakeFailure(Kind kind, String message) {
    this(kind, message, Pause.USUAL);
  }

  FakeFailure(Kind kind, String message, Pause pause) {
    super(message);
    this.kind = kind;
    this.pause = pause;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Pause pause() {
    return pause;
  }
}
