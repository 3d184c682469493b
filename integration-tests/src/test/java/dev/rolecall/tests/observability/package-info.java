/**
 * Tests of what operators see: the documented metrics are those emitted, and dashboards and alerts
 * work.
 */
@NullMarked
package dev.rolecall.tests.observability;

import org.jspecify.annotations.NullMarked;
