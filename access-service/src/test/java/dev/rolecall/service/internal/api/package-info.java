/** Tests of the parts of the calls. */
@NullMarked
package dev.rolecall.service.internal.api;

import org.jspecify.annotations.NullMarked;
