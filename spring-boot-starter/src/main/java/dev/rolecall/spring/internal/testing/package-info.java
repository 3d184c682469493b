/**
 * The wiring of an application under test to the emulator of its test class. Begin with {@link
 * dev.rolecall.spring.internal.testing.TestClassCustomizerFactory}. Loaded by spring-test alone.
 */
@NullMarked
package dev.rolecall.spring.internal.testing;

import org.jspecify.annotations.NullMarked;
