package org.votingapp.organiser.form;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;

/** A poll that closes after it opens. Times that cannot be read have a constraint of their own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = InOrder.Validator.class)
public @interface InOrder {

    /** The key of the sentence for people, in the bundle {@code organiser}. */
    String message();

    /** As Bean Validation requires. */
    Class<?>[] groups() default {};

    /** As Bean Validation requires. */
    Class<? extends Payload>[] payload() default {};

    /** Asks {@link PollParts}. */
    final class Validator implements ConstraintValidator<InOrder, PollForm> {

        @Override
        public boolean isValid(PollForm form, ConstraintValidatorContext context) {
            try {
                PollParts.closesAfter(time(form.getOpens()), time(form.getCloses()), "opens");
                return true;
            } catch (PollPartException wrong) {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                        .addPropertyNode("closes")
                        .addConstraintViolation();
                return false;
            }
        }

        private static Optional<Instant> time(String written) {
            try {
                return written == null || written.isEmpty() ? Optional.empty() : Optional.of(PollParts.time(written));
            } catch (PollPartException told) {
                return Optional.empty();
            }
        }
    }
}
