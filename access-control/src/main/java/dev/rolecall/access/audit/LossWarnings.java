package dev.rolecall.access.audit;

import java.lang.System.Logger.Level;

/** The warnings about records that are lost: one when it begins. For one thread at a time. */
final class LossWarnings {

  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private boolean failing;
  private boolean losing;

  /** The file could not be written. */
  void failed(Throwable why) {
    if (!failing) {
      failing = true;
      LOG.log(Level.WARNING, "the audit file cannot be written; records are lost and counted", why);
    }
  }

  /** The file was written, and says that so many records were lost. */
  void wrote(long lost) {
    failing = false;
    if (lost > 0 && !losing) {
      LOG.log(Level.WARNING, "{0} audit records were lost; the audit file says so too", lost);
    }
    losing = lost > 0;
  }
}
