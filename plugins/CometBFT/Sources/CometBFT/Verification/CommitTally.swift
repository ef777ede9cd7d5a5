/// Chooses which signatures of a commit have to be checked, and adds up the power behind the block.
///
/// Nothing is verified before all is chosen: that too little power signed is found without any cryptography.
struct CommitTally {
    private let coverage: SignatureCoverage
    private let level: TrustLevel
    private let totalPower: Int64
    private var power: Int64 = 0
    private var batch: SignatureBatch

    init(
        commit: Commit,
        chainID: String,
        coverage: SignatureCoverage,
        level: TrustLevel,
        of totalPower: Int64
    ) {
        self.coverage = coverage
        self.level = level
        self.totalPower = totalPower
        batch = SignatureBatch(commit: commit, chainID: chainID)
    }

    /// Whether enough power signed and no more signatures are wanted.
    var isDone: Bool { coverage == .light && level.isExceeded(by: power, of: totalPower) }

    /// Who signed an entry and when, unless the entry is absent or is not wanted.
    func signature(at index: Int) -> CommitSignature.Signed? {
        switch batch.commit.signatures[index] {
        case .absent: nil
        case .commit(let signed): signed
        case .nil(let signed): coverage == .all ? signed : nil
        }
    }

    /// Puts an entry on the list, and its validator's power behind the block if the entry is a vote for it.
    ///
    /// No validator of a set is counted twice, so the sum is at most the set's total power.
    mutating func count(_ validator: Validator, at index: Int) {
        batch.entries.append(SignatureBatch.Entry(index: index, key: validator.key))
        if batch.commit.signatures[index].flag == .commit { power += validator.power }
    }

    /// Demands enough power, then checks the signatures on the list.
    func finish(workers: Int) throws(VerificationError) {
        guard level.isExceeded(by: power, of: totalPower) else {
            throw VerificationError(
                .notEnoughPower,
                "Only \(power) of the power \(totalPower) signed the block of height \(batch.commit.height), and more "
                    + "than \(level) has to. Ask another node for the commit, or for a block nearer to the trusted one."
            )
        }
        try batch.verify(workers: workers)
    }
}
