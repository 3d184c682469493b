/**
 * Access for a time under faults: nodes that are killed and frozen, a database that restarts, feeds
 * that are cut and clocks that are wrong, while streams live and grants change. Entry: {@code
 * AccessFaultsRun}, which only the profile {@code access-faults} runs.
 */
@NullMarked
package dev.rolecall.tests.access.faults;

import org.jspecify.annotations.NullMarked;
