/** Tests of the parts of the feed. */
@NullMarked
package dev.rolecall.service.internal.feed;

import org.jspecify.annotations.NullMarked;
