"""The words a record is made of. The values are those of the CSV columns (see the README)."""

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How serious a finding is; a verdict has the highest of its findings."""

    CLEAN = 0
    INFO = 1
    CAUTION = 2
    WARNING = 3
    STOP = 4

    @property
    def word(self) -> str:
        """The word used in files and on the command line."""
        return self.name.lower()


class Setting(StrEnum):
    """Where a session was done."""

    HOME = "home"
    SUPERVISED = "supervised"  # by, or on a written plan of, a clinician


class DeviceKind(StrEnum):
    """What carries the needles."""

    ROLLER = "roller"
    STAMP = "stamp"
    PEN = "pen"
    RADIOFREQUENCY = "radiofrequency"
    OTHER = "other"


class DepthMeaning(StrEnum):
    """What the depth of a device stands for; the three are never converted into one another."""

    NEEDLE_LENGTH = "needle_length"  # roller, stamp
    DIAL_SETTING = "dial_setting"  # pen
    MEASURED = "measured"


class Zone(StrEnum):
    """A part of the head that is needled."""

    HAIRLINE = "hairline"
    TEMPLE_LEFT = "temple_left"
    TEMPLE_RIGHT = "temple_right"
    FRONTAL = "frontal"
    MID_SCALP = "mid_scalp"
    CROWN = "crown"
    PARIETAL_LEFT = "parietal_left"
    PARIETAL_RIGHT = "parietal_right"
    OCCIPITAL = "occipital"
    WHOLE_SCALP = "whole_scalp"  # overlaps every zone above
    EYEBROW = "eyebrow"
    BEARD_EDGE = "beard_edge"
    EYE_AREA = "eye_area"


class Pressure(StrEnum):
    """How firmly the device was pressed."""

    LIGHT = "light"
    MODERATE = "moderate"
    HARD = "hard"


class Endpoint(StrEnum):
    """The visible end of a session."""

    NONE = "none"
    ERYTHEMA = "erythema"
    PINPOINT_BLEEDING = "pinpoint_bleeding"
    FREE_BLEEDING = "free_bleeding"


class NeedleState(StrEnum):
    """In what state the needles were when they touched the skin."""

    NEW_STERILE = "new_sterile"
    DISINFECTED = "disinfected"
    WASHED = "washed"
    NOT_CLEANED = "not_cleaned"
    DAMAGED = "damaged"


class SkinSign(StrEnum):
    """What is seen on the skin before a session."""

    INFECTION = "infection"
    PUSTULES = "pustules"
    COLD_SORE = "cold_sore"
    OPEN_WOUND = "open_wound"
    SUNBURN = "sunburn"
    PSORIASIS_FLARE = "psoriasis_flare"
    ECZEMA_FLARE = "eczema_flare"
    SEBORRHOEIC_FLARE = "seborrhoeic_flare"
    INFLAMMATION = "inflammation"  # not explained by anything above
    MOLE_OR_LESION = "mole_or_lesion"


class Condition(StrEnum):
    """What is true of the person on the day of a session."""

    KELOID_TENDENCY = "keloid_tendency"
    METAL_ALLERGY = "metal_allergy"
    ANAESTHETIC_ALLERGY = "anaesthetic_allergy"
    ISOTRETINOIN = "isotretinoin"  # dated: stopped then
    BLEEDING_DISORDER = "bleeding_disorder"
    ANTICOAGULANT = "anticoagulant"
    LOW_DOSE_ASPIRIN = "low_dose_aspirin"
    IMMUNOSUPPRESSION = "immunosuppression"
    CHEMOTHERAPY = "chemotherapy"
    DIABETES_CONTROLLED = "diabetes_controlled"
    DIABETES_UNCONTROLLED = "diabetes_uncontrolled"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    HAIR_TRANSPLANT = "hair_transplant"  # dated: done then
    ALOPECIA_AREATA = "alopecia_areata"
    SCARRING_ALOPECIA = "scarring_alopecia"
    PATCHY_LOSS = "patchy_loss"
    SUDDEN_LOSS = "sudden_loss"
    UNDIAGNOSED_LOSS = "undiagnosed_loss"
    PSORIASIS_HISTORY = "psoriasis_history"
    ECZEMA_HISTORY = "eczema_history"
    SEBORRHOEIC_HISTORY = "seborrhoeic_history"


DATED_CONDITIONS = frozenset({Condition.ISOTRETINOIN, Condition.HAIR_TRANSPLANT})


class Product(StrEnum):
    """What is put on the scalp around a session."""

    MINOXIDIL = "minoxidil"
    FINASTERIDE = "finasteride"
    RETINOID = "retinoid"
    ACID = "acid"
    VITAMIN_C = "vitamin_c"
    SERUM = "serum"


class ReactionSign(StrEnum):
    """A sign after a session that needs a clinician."""

    PUS = "pus"
    SPREADING_REDNESS = "spreading_redness"
    FEVER = "fever"
    INCREASING_PAIN = "increasing_pain"
    LUMPS = "lumps"
    SCALY_PLAQUES = "scaly_plaques"
    SCARRING = "scarring"
    PATCHY_LOSS = "patchy_loss"


class SheddingMethod(StrEnum):
    """How shed hairs were counted; two methods are never compared."""

    DAY_TOTAL = "day_total"  # all hairs of 24 hours
    COMB_60S = "comb_60s"  # combed forward for 60 seconds before shampoo
    PULL_TEST = "pull_test"  # hairs that come with a pull on 50 to 60
    SINCLAIR = "sinclair"  # the photographic scale 1 to 6
    REFINED_WASH = "refined_wash"  # three washes a day apart over a cloth, hairs per wash
    FIVE_DAY_WASH = "five_day_wash"  # one wash after five days without shampoo
    ESTIMATE = "estimate"  # 0 minimal, 1 normal, 2 elevated, 3 heavy


SHEDDING_SCALES = {SheddingMethod.ESTIMATE: (0, 3), SheddingMethod.SINCLAIR: (1, 6)}


class HairLength(StrEnum):
    """The band a person's hair length falls in; counts of different bands differ."""

    SHAVED = "shaved"
    SHORT = "short"  # up to 3 cm
    MEDIUM = "medium"  # 3 to 15 cm
    LONG = "long"


class EventKind(StrEnum):
    """Something in a life that may change shedding."""

    ILLNESS = "illness"
    SURGERY = "surgery"
    CHILDBIRTH = "childbirth"
    WEIGHT_LOSS = "weight_loss"
    NEW_DRUG = "new_drug"
    MINOXIDIL_STARTED = "minoxidil_started"
    HAIRCUT = "haircut"
    DYE = "dye"
    SEASON = "season"
    OTHER = "other"


class Sex(StrEnum):
    """Sex as far as a published range is limited to one."""

    MALE = "male"
    FEMALE = "female"


class Reason(StrEnum):
    """Why a session was logged in spite of a warning."""

    CLINICIAN_AGREED = "clinician_agreed"
    ONE_OFF = "one_off"
    RECORDED_LATE = "recorded_late"
    DISAGREE = "disagree"
    OWN_WORDS = "own_words"
    NOT_GIVEN = "not_given"
