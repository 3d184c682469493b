/**
 * Test doubles and fixtures that the tests of several modules share: {@linkplain
 * dev.rolecall.testsupport.ManualTime time}, {@linkplain dev.rolecall.testsupport.ManualScheduler
 * schedulers}, {@linkplain dev.rolecall.testsupport.EchoService a gRPC service}, certificates,
 * network relays and captured logs. One of each.
 *
 * <p>It knows no Rolecall module, so that every module's tests can use it. It is not published.
 */
@NullMarked
package dev.rolecall.testsupport;

import org.jspecify.annotations.NullMarked;
