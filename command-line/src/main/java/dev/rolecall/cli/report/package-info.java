/**
 * The report of a call that failed, with advice: {@link dev.rolecall.cli.report.CallReport} is the
 * entry. Depends on no command.
 */
@NullMarked
package dev.rolecall.cli.report;

import org.jspecify.annotations.NullMarked;
