package org.votingapp.organiser.form;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;
import org.votingapp.poll.PollText;

/** Labels of which no two look the same. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Different.Validator.class)
public @interface Different {

    /** The key of the sentence for people, in the bundle {@code organiser}. */
    String message();

    /** As Bean Validation requires. */
    Class<?>[] groups() default {};

    /** As Bean Validation requires. */
    Class<? extends Payload>[] payload() default {};

    /** Compares them as they look. */
    final class Validator implements ConstraintValidator<Different, List<String>> {

        @Override
        public boolean isValid(List<String> labels, ConstraintValidatorContext context) {
            if (labels == null) {
                return true;
            }
            List<String> seen = labels.stream()
                    .filter(Objects::nonNull)
                    .map(PollText::composed)
                    .toList();
            return seen.stream().distinct().count() == seen.size();
        }
    }
}
