extension ModuleError.Code {
    private static func genesis(_ number: UInt32) -> Self { Self("genesis", number) }

    /// A text is not JSON, or breaks a rule of the strict reader.
    public static let invalidJSON = genesis(1)
    /// A value that has to be there is missing.
    public static let missingValue = genesis(2)
    /// A value is of another kind than it has to be.
    public static let wrongKind = genesis(3)
    /// A value is of the right kind but can't be what it has to be.
    public static let invalidValue = genesis(4)
}
