"""
What is screened: one supplier, contractor or freelancer, and what is known of it.

Only ``id`` and ``name`` are required. Every other value is normalised from what people really write the moment a
record is made (`laborscreen.values`), and the text as written stays beside it. What cannot be read is unknown and
carries a note; it never rejects the record. A field nobody knows does.
"""

# Annotations are evaluated here as they stand: pydantic would have to read each of two hundred from its text at every start.

from datetime import date
from typing import Annotated

from pydantic import Field

from laborscreen.record.kinds import (
    City,
    Count,
    Countries,
    Country,
    Currency,
    Kind,
    Money,
    MonthlyMoney,
    Name,
    Names,
    Nationality,
    PayCurrency,
    Percent,
    Prose,
    Ratio,
    Reads,
    Region,
    Text,
    Texts,
    YesNo,
    lists,
    says,
)
from laborscreen.record.reading import ReadModel
from laborscreen.values import NumberRange, PartialDate

SourceType = Annotated[str | None, Reads(Kind.WORD, words="source_type")]
Day = Annotated[PartialDate | None, Reads(Kind.DATE)]
_PERSONS_NATIONALITY = Reads(
    Kind.COUNTRY, nationality=True, named_person=True, attribute=True, stated_by="nationality_source"
)


class Identifier(ReadModel):
    """A number in a register. Check digits are verified where the scheme has them."""

    scheme: Text = says("Register or scheme: RU-INN, RU-KPP, RU-OGRN, LEI, CN-USCC, DUNS, VAT ...")
    value: Annotated[str | None, Reads(Kind.IDENTIFIER, beside="scheme")] = says("The number.")


class Address(ReadModel):
    """One address and what it is used for."""

    use: Annotated[str | None, Reads(Kind.WORD, words="address_use")] = says("What the address is used for.")
    street: Prose = says("Street and house, or the whole address where it is written in one line.")
    city: City = says("Town; places that matter are given one spelling (Vladivostok).")
    region: Region = says("Province; ISO 3166-2 where it is known (RU-PRI).")
    postal_code: Text = says("Postal code.")
    country: Country = says("Country.")


class Industry(ReadModel):
    """What the party does, by a classification."""

    scheme: Annotated[str | None, Reads(Kind.WORD, words="industry_scheme")] = says("Classification.")
    code: Annotated[str | None, Reads(Kind.CODE, beside="scheme")] = says(
        "Code, read together with its scheme (NACE2:41.20)."
    )
    label: Prose = says("The code's caption, or a sector in words.")


class Person(ReadModel):
    """A director, owner or agent."""

    name: Name = says("Name, for list comparison and nothing else.")
    position: Prose = says("What the person is to the party.")
    nationality: Annotated[str | None, _PERSONS_NATIONALITY] = says("Citizenship.")
    nationality_source: SourceType = says("Who states the citizenship; silence means the supplier.")
    share_percent: Percent = says("Share held, 0 to 100.")
    birth_date: Annotated[PartialDate | None, Reads(Kind.DATE, named_person=True, attribute=True)] = says(
        "Date of birth."
    )
    nominee: YesNo = says("Whether the person stands in for somebody else.")
    source_type: SourceType = says("Where this entry comes from, if not where the record does.")


class Link(ReadModel):
    """Something the party shares with another one."""

    kind: Annotated[str | None, Reads(Kind.WORD, words="link_kind")] = says("What is shared.")
    with_name: Name = says("The other party's name.")
    with_id: Text = says("The other party's id.")
    with_listed: YesNo = says("Whether the other party is on a list.")


class Owner(ReadModel):
    """Who owns the party."""

    name: Name = says("Name, for list comparison and nothing else.")
    kind: Annotated[str | None, Reads(Kind.WORD, words="kind")] = says("Person or organization.")
    country: Country = says("Registration or residence.")
    share_percent: Percent = says("Share held, 0 to 100.")
    share_at_least: Percent = says("Least share held, where only a range is told.")
    share_at_most: Percent = says("Greatest share held, where only a range is told.")
    not_named: Text = says("Why the owner is not named, in words.")
    number: Text = says("LEI of the owner, or its number in a register.")
    holds: Text = says(
        "Name of the company it holds, where that is another owner of this list; silence means the party itself."
    )


class Workforce(ReadModel):
    """One homogeneous group of workers: same nationality, employer, visa and conditions."""

    nationality: Nationality = says("Citizenship of the group as the roster states it.")
    headcount: Count = says("How many people.")
    occupation: Prose = says("What they do.")
    manual: YesNo = says("Whether the work is manual.")
    employer: Name = says("Employer of record.")
    employer_country: Country = says("Country of the employer of record.")
    recruiter: Name = says("Who recruited or sent them.")
    recruiter_country: Country = says("Country of the recruiter.")
    visa: Annotated[str | None, Reads(Kind.WORD, words="visa")] = says("Kind of visa or entry.")
    work_permit: Annotated[str | None, Reads(Kind.WORD, words="work_permit")] = says(
        "Kind of permission to work."
    )
    document_issuer: Country = says("State that issued the identity document.")
    document_mrz: Annotated[str | None, Reads(Kind.MRZ)] = says(
        "The document's machine-readable zone; read as the nationality it states, check digits verified."
    )
    birth_country: Annotated[str | None, Reads(Kind.COUNTRY, attribute=True)] = says("Country of birth.")
    entry_point: Text = says("Border crossing.")
    study_certificate: YesNo = says("For students: whether the school's certificate is on file.")
    contract_date: Day = says("Date of the written contract.")
    starts: Annotated[PartialDate | None, Reads(Kind.DATE, stands_for="before")] = says(
        "First day of work; silence means before `ends`."
    )
    ends: Annotated[PartialDate | None, Reads(Kind.DATE, stands_for="as_of")] = says(
        "Last day of work; silence means it goes on."
    )
    exemption: Annotated[str | None, Reads(Kind.WORD, words="exemption")] = says(
        "Ground of UNSCR 2397 para 8 that excepts the group, where a document is on file."
    )
    hours_per_day: Annotated[
        float | NumberRange | None, Reads(Kind.NUMBER, low=0, high=24, unit="hours", per="day", ranges=True)
    ] = says("Hours worked on a usual day.")
    hours_per_week: Annotated[
        float | NumberRange | None, Reads(Kind.NUMBER, low=0, high=168, unit="hours", per="week", ranges=True)
    ] = says("Hours worked in a usual week.")
    rest_days_per_year: Annotated[
        float | NumberRange | None, Reads(Kind.NUMBER, low=0, high=366, unit="days", per="year", ranges=True)
    ] = says("Days off in a year.")
    gross_pay_month: MonthlyMoney = says("Pay a month before deductions.")
    net_pay_month: MonthlyMoney = says("Pay a month that reaches the worker.")
    billed_month: MonthlyMoney = says("What the host is billed for a worker a month.")
    currency: PayCurrency = says("Currency of the three amounts.")
    deductions_percent: Percent = says("Share of the gross pay that is kept back, 0 to 100.")
    pay_method: Annotated[str | None, Reads(Kind.WORD, words="pay_method")] = says("How pay is handed over.")
    pay_recipient: Annotated[str | None, Reads(Kind.WORD, words="pay_recipient")] = says(
        "Who receives the pay."
    )
    pay_recipient_country: Country = says("Country of whoever receives the pay.")
    pay_deferred: YesNo = says("Whether pay is kept until departure.")
    documents_held_by: Annotated[str | None, Reads(Kind.WORD, words="documents_held_by")] = says(
        "Who holds the identity documents."
    )
    documents_consent: YesNo = says("Whether they are held with written consent and free access.")
    lodging: Annotated[str | None, Reads(Kind.WORD, words="lodging")] = says("Where the workers sleep.")
    lodging_at_site: YesNo = says("Whether they sleep where they work.")
    lodging_permitted: YesNo = says("Whether the lodging is permitted by the authorities.")
    area_per_person: Annotated[
        float | NumberRange | None, Reads(Kind.NUMBER, low=0, high=1_000, unit="square metres", ranges=True)
    ] = says("Floor area of the lodging for each person.")
    segregated: YesNo = says("Whether lodging, canteen or shift is split by nationality.")
    movement: Annotated[str | None, Reads(Kind.WORD, words="movement")] = says("How workers may leave.")
    outside_contact: YesNo = says("Whether they may speak with outsiders and use telephones.")
    minder_present: YesNo = says("Whether a non-working overseer of their own state watches them.")
    ideology_sessions: YesNo = says("Whether there are compulsory political sessions.")
    violence_reported: YesNo = says("Whether violence is reported.")
    serious_injury: YesNo = says("Whether there was a serious injury.")
    medical_care_given: YesNo = says("Whether the injured were given medical care.")
    night_work_unlit: YesNo = says("Whether they work at night without light.")
    recruitment_fee_months: Annotated[
        float | None, Reads(Kind.NUMBER, low=0, high=600, unit="months of net pay")
    ] = says("Recruitment fee or deposit a worker paid, in months of net pay.")
    source_type: SourceType = says("Where this entry comes from, if not where the record does.")


class Contract(ReadModel):
    """A labour supply contract."""

    counterparty: Name = says("The other side.")
    counterparty_country: Country = says("Its country.")
    date: Day = says("Date of signature.")
    headcount: Count = says("Number of workers contracted for.")
    workers_named: YesNo = says("Whether the workers are named in it.")
    workers_signed: YesNo = says("Whether the workers signed.")
    upfront_percent: Percent = says("Share of the labour value paid in advance, 0 to 100.")
    term_months: Annotated[float | None, Reads(Kind.NUMBER, low=0, high=1_200, unit="months")] = says(
        "Term of posting."
    )
    rate_to_market: Ratio = says("Labour rate divided by the local median.")
    fixed_remittance: YesNo = says("Whether a fixed sum for each worker is remitted.")
    subcontractors_disclosed: YesNo = says("Whether subcontractors are disclosed.")
    tiers: Count = says("Labour tiers between buyer and workers.")
    source_type: SourceType = says("Where this entry comes from, if not where the record does.")


class Payment(ReadModel):
    """A payment to the party."""

    method: Annotated[str | None, Reads(Kind.WORD, words="pay_method")] = says("How it was paid.")
    payee: Name = says("Who received it.")
    payee_country: Country = says("The payee's country.")
    bank: Name = says("The payee's bank.")
    bank_country: Country = says("The bank's country.")
    amount: Money = says("Amount.")
    currency: Currency = says("Currency of the amount.")
    date: Day = says("Date of the payment.")


class RemoteWork(ReadModel):
    """What onboarding and logs say of a remote contractor."""

    claimed_country: Country = says("Where the contractor claims to work.")
    login_countries: Countries = lists("Countries of the addresses seen at log-in.")
    login_countries_24h: Count = says("Countries seen at log-in within 24 hours.")
    accounts_per_ip: Count = says("Worker accounts seen on one address.")
    vpn: Annotated[str | None, Reads(Kind.WORD, words="vpn")] = says("Use of VPN or proxy.")
    remote_tools: Texts = lists("Remote-desktop or KVM tools seen.")
    longest_session_hours: Annotated[float | None, Reads(Kind.NUMBER, low=0, high=8_784, unit="hours")] = (
        says("Longest unbroken session.")
    )
    delivery_shared_by: Count = says("People who share the equipment's delivery address.")
    delivery_is_forwarder: YesNo = says("Whether that address is a freight forwarder.")
    delivery_changed: YesNo = says("Whether it changed after the offer.")
    video: Annotated[str | None, Reads(Kind.WORD, words="video")] = says("Conduct on video.")
    identity_check: Annotated[str | None, Reads(Kind.WORD, words="identity_check")] = says("Identity check.")
    interview_proxy: YesNo = says("Whether somebody else sat the interview or the test.")
    cv_reused: YesNo = says("Whether CV text, photo or telephone recur across applicants.")
    profile_mismatches: Count = says("Contradictions between CV, platform, payment and social profiles.")
    prepayment_demanded: YesNo = says("Whether prepayment is demanded.")
    payee_changes_90d: Count = says("Changes of payee in 90 days.")
    payee_name_matches: YesNo = says("Whether the payee's name is the contractor's.")
    off_platform: YesNo = says("Whether talk or payment is moved off the platform.")
    activity_utc_offset: Annotated[float | None, Reads(Kind.NUMBER, low=-12, high=14, unit="hours")] = says(
        "UTC offset that the hours of activity fit."
    )
    claimed_utc_offset: Annotated[float | None, Reads(Kind.NUMBER, low=-12, high=14, unit="hours")] = says(
        "UTC offset of the claimed place."
    )
    keyboard_locale: Text = says("Keyboard locale (ko-KP, ko-KR, en-US ...).")
    code_copied_out: YesNo = says("Whether repositories were copied to personal accounts.")
    source_type: SourceType = says("Where this entry comes from, if not where the record does.")


class Good(ReadModel):
    """Goods bought from the party."""

    description: Prose = says("Goods in words.")
    hs_code: Annotated[str | None, Reads(Kind.HS_CODE)] = says("Customs code.")
    origin_country: Country = says("Origin on the customs papers.")
    label_country: Country = says("Origin on the label.")
    price_to_market: Ratio = says("Unit price divided by the peers' median.")
    outward_processing_via: Text = says("Town or country the goods went through for processing.")
    output_to_capacity: Ratio = says("Output divided by what the declared staff can make.")


class Observation(ReadModel):
    """Something said about the party, by somebody, at some time."""

    date: Day = says("Date of the statement.")
    source_type: SourceType = says("Kind of source; silence means an internal note.")
    source: Text = says("Who says it: outlet, auditor, author.")
    text: Prose = says("What is said.")


class Audit(ReadModel):
    """One audit or site visit."""

    date: Day = says("Date of the visit.")
    announced: YesNo = says("Whether it was announced.")
    access: Annotated[str | None, Reads(Kind.WORD, words="audit_access")] = says(
        "Whether access was granted."
    )
    private_interviews: YesNo = says("Whether workers were interviewed in private.")


class Record(ReadModel):
    """
    One party to be screened.

    Raises:
        RecordError: a field nobody knows, or no id, or no name.

    >>> record = Record(id="V-1042", name="ООО Востокстрой", country="Россия")
    >>> record.country, record.as_written("country")
    ('RU', 'Россия')
    """

    id: Annotated[str, Reads(Kind.TEXT)] = Field(description="The record's id in the buyer's books.")
    name: Annotated[str, Reads(Kind.NAME)] = Field(description="Name, for list comparison and nothing else.")
    kind: Annotated[str, Reads(Kind.WORD, words="kind", silent="organization")] = Field(
        default="organization", description="Person or organization; silence means organization."
    )
    role: Annotated[str, Reads(Kind.WORD, words="role", silent="supplier")] = Field(
        default="supplier", description="What the party is to the buyer; silence means supplier."
    )
    aliases: Names = lists("Other names, for list comparison and nothing else.")
    country: Country = says("Registration or residence.")
    nationality: Annotated[str | None, _PERSONS_NATIONALITY] = says("Citizenship; of a person only.")
    nationality_source: SourceType = says("Who states the citizenship; silence means the supplier.")
    source_type: SourceType = says(
        "Where the structured part of this record comes from; silence means a document."
    )
    identifiers: tuple[Identifier, ...] = lists("Numbers in registers.")
    founded: Day = says("Date of foundation.")
    birth_date: Annotated[PartialDate | None, Reads(Kind.DATE, named_person=True, attribute=True)] = says(
        "Date of birth; of a person only."
    )
    as_of: Day = says("Date the record describes; silence means the day screened.")
    addresses: tuple[Address, ...] = lists("Addresses.")
    industries: tuple[Industry, ...] = lists("What the party does, by classification.")
    activities: Prose = says("What the party does, in words.")
    people: tuple[Person, ...] = lists("Directors, owners, agents.")
    links: tuple[Link, ...] = lists("What the party shares with others.")
    owners: tuple[Owner, ...] = lists("Owners.")
    workforce: tuple[Workforce, ...] = lists("Groups of workers.")
    contracts: tuple[Contract, ...] = lists("Labour supply contracts.")
    payments: tuple[Payment, ...] = lists("Payments to the party.")
    remote_work: RemoteWork | None = says("What onboarding and logs say of a remote contractor.")
    goods: tuple[Good, ...] = lists("Goods bought from the party.")
    observations: tuple[Observation, ...] = lists("What is said about the party.")
    audits: tuple[Audit, ...] = lists("Audits and site visits.")

    def screened_on(self, day: date) -> date:
        """Return the last day this record speaks of, seen from the *day* it is screened."""
        return min(self.as_of.last, day) if self.as_of else day
