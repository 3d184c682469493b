package dev.rolecall.access.audit;

/**
 * A sink of the records of decisions.
 *
 * <p>Safe for use by many threads.
 */
@FunctionalInterface
public interface AuditLog {

  /**
   * Takes one record. Runs on the thread that decides the call, often a transport's or a handler's:
   * it must not block, so a sink that writes to a disk or a network hands the record over to a
   * thread of its own. What it throws is logged and otherwise ignored: a call never fails because
   * its record could not be written.
   */
  void record(AuditRecord auditRecord);

  /**
   * The default sink: one JSON object a line, at INFO, to the logger {@code rolecall.audit}. Its
   * fields are OCSF 1.8's: API Activity (6003) where the caller is known, Authentication (3002)
   * where it is not.
   *
   * @see <a href="https://schema.ocsf.io/1.8.0/classes/api_activity">OCSF, API Activity</a>
   * @see <a href="https://schema.ocsf.io/1.8.0/classes/authentication">OCSF, Authentication</a>
   */
  static AuditLog toLogger() {
    System.Logger logger = System.getLogger("rolecall.audit");
    return auditRecord -> {
      if (logger.isLoggable(System.Logger.Level.INFO)) {
        logger.log(System.Logger.Level.INFO, OcsfJson.of(auditRecord));
      }
    };
  }
}
