import ModuleKit
import SlashingEvents

/// The parameters, in the types that are calculated with; those of the Cosmos SDK and of CometBFT, unless told otherwise.
struct SlashingRules: StoredValue, Hashable {
    /// How many votes make a window.
    var window: UInt64 = 100
    var minSignedPerWindow = Decimal18.half
    var downtimeJailDuration = TimeSpan.minutes(10)
    var doubleSignFraction = Decimal18.twentieth
    var downtimeFraction = Decimal18.hundredth
    /// A double sign that is older than this, and than so many blocks, is too old.
    var evidenceAgeMax = TimeSpan.hours(48)
    var evidenceAgeBlocksMax: UInt64 = 100_000

    /// The longest window: what is forgotten at once with it stays in bounds.
    static let windowLimit: UInt64 = 1_000_000

    init() {}

    init(_ stored: SlashingParameters) throws(ModuleError) {
        window = stored.signedBlocksWindow
        minSignedPerWindow = try Decimal18(stored.minSignedPerWindow)
        downtimeJailDuration = TimeSpan(nanoseconds: stored.downtimeJailDurationNanoseconds)
        doubleSignFraction = try Decimal18(stored.slashFractionDoubleSign)
        downtimeFraction = try Decimal18(stored.slashFractionDowntime)
        evidenceAgeMax = TimeSpan(nanoseconds: stored.evidenceAgeMaxNanoseconds)
        evidenceAgeBlocksMax = stored.evidenceAgeMaxBlocks
    }

    var stored: SlashingParameters {
        .with {
            $0.signedBlocksWindow = window
            $0.minSignedPerWindow = minSignedPerWindow.description
            $0.downtimeJailDurationNanoseconds = downtimeJailDuration.nanoseconds
            $0.slashFractionDoubleSign = doubleSignFraction.description
            $0.slashFractionDowntime = downtimeFraction.description
            $0.evidenceAgeMaxNanoseconds = evidenceAgeMax.nanoseconds
            $0.evidenceAgeMaxBlocks = evidenceAgeBlocksMax
        }
    }

    /// How many votes of a window may be missed: the window less the part that has to be given, which is rounded to the
    /// nearest, and to the even one of two that are as near (`MinSignedPerWindow` of the Cosmos SDK).
    ///
    /// - Throws: nothing for parameters that were checked.
    func missedMax() throws(ModuleError) -> UInt64 {
        let exact = try minSignedPerWindow.multiplied(by: Amount(UInt128(window)))
        let down = try exact.whole(rounding: .floor)
        let rest = try exact.subtracting(try Decimal18.one.multiplied(by: down))
        let isUp = rest > .half || (rest == .half && !down.isEven)
        let required = try isUp ? down.adding(Amount(1)) : down
        let missed = try Amount(UInt128(window)).subtracting(required)
        guard let missed = UInt64(exactly: missed.units) else { return window }
        return missed
    }

    /// Checks what the parameters must satisfy.
    ///
    /// - Throws: `slashingParameterNotAllowed`.
    func check() throws(ModuleError) {
        func require(_ isAllowed: Bool, _ rule: String) throws(ModuleError) {
            guard isAllowed else { throw ModuleError(.slashingParameterNotAllowed, rule) }
        }
        try require(
            (1...Self.windowLimit).contains(window),
            "signed_blocks_window must be 1 to \(Self.windowLimit)"
        )
        try require(minSignedPerWindow <= .one, "min_signed_per_window must be at most 1")
        try require(downtimeJailDuration > .zero, "downtime_jail_duration must be above zero")
        try require(doubleSignFraction <= .one, "slash_fraction_double_sign must be at most 1")
        try require(downtimeFraction <= .one, "slash_fraction_downtime must be at most 1")
        try require(evidenceAgeMax > .zero, "max_age_duration of evidence must be above zero")
        try require(evidenceAgeBlocksMax > 0, "max_age_num_blocks of evidence must be above zero")
    }
}

extension Decimal18 {
    fileprivate static let half = fraction("0.5")
    fileprivate static let twentieth = fraction("0.05")
    fileprivate static let hundredth = fraction("0.01")

    private static func fraction(_ text: String) -> Decimal18 { (try? Decimal18(text)) ?? .zero }
}

extension Amount {
    fileprivate var isEven: Bool { units.isMultiple(of: 2) }
}
