/**
 * Services that have no Rolecall, behind the relay and behind Envoy with the checker, each a
 * process of its own: a person with a browser, and a service in Python.
 */
@NullMarked
package dev.rolecall.tests.proxy;

import org.jspecify.annotations.NullMarked;
