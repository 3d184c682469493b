package dev.rolecall.identity.internal;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A logger that throws an {@code Error} at each line, as one on a full disk may. */
final class FailingLogger implements System.Logger {

  @Override
  public String getName() {
    return "failing";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    throw new InternalError("no space left on device");
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... params) {
    throw new InternalError("no space left on device");
  }
}
