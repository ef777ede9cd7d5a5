public import ModuleKit

extension ModuleError.Code {
    private static func recommendedList(_ number: UInt32) -> Self { Self("recommended-list", number) }

    /// An account that is neither the list's curator nor its admin changes it.
    public static let notCurator = recommendedList(1)
    /// A reference means no instance of this chain.
    public static let unknownRecommendation = recommendedList(2)
    /// An instance does not run External Staking.
    public static let notExternalStaking = recommendedList(3)
    /// An instance is on the list already.
    public static let alreadyRecommended = recommendedList(4)
    /// An instance is not on the list.
    public static let notRecommended = recommendedList(5)
    /// A note is too long, or has control characters.
    public static let invalidNote = recommendedList(6)
    /// The list has as many entries as are allowed.
    public static let recommendedListFull = recommendedList(7)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentRecommendedListEvent = recommendedList(8)
}
