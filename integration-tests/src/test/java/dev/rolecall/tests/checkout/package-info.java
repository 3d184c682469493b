/** The files of the checkout that the tests run in, for tests about sources and documents. */
@NullMarked
package dev.rolecall.tests.checkout;

import org.jspecify.annotations.NullMarked;
