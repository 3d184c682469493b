package dev.rolecall.verifier;

import static java.lang.System.Logger.Level.ERROR;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the verifier's own defects end: as an outcome, and once a kind in the log, with the stack
 * but without the message, which may quote a proof.
 */
final class Defects {

  private static final System.Logger LOGGER = System.getLogger(CallerVerifier.class.getName());
  private static final int KINDS_LOGGED = 100;
  private static final Verification VERDICT =
      new Verification.Unavailable(RefusalReason.VERIFIER_DEFECT, Optional.empty());

  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /** Notes the defect, and says what its caller is told. */
  Verification verdict(Throwable thrown) {
    Throwable cause = thrown.getCause();
    Throwable defect = thrown instanceof CompletionException && cause != null ? cause : thrown;
    StackTraceElement[] stack = defect.getStackTrace();
    String kind = defect.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    if (logged.size() < KINDS_LOGGED && logged.add(kind)) {
      LOGGER.log(
          ERROR,
          "defect in the verifier; later ones of its kind are not logged",
          new WithoutMessage(defect));
    }
    return VERDICT;
  }

  /** An exception's class and stack. */
  private static final class WithoutMessage extends Exception {

    private static final long serialVersionUID = 1L;

    WithoutMessage(Throwable defect) {
      super(defect.getClass().getName(), null, false, true);
      setStackTrace(defect.getStackTrace());
    }
  }
}
