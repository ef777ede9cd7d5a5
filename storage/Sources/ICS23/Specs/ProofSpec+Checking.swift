extension ProofSpec {
    /// How many steps a path may have.
    var depths: ClosedRange<Int> {
        let maximum = maximumDepth == 0 ? Self.defaultMaximumDepth : maximumDepth
        return min(minimumDepth, maximum)...maximum
    }

    /// Whether the tree is IAVL's, whose nodes begin with height, size and version, and are checked for that too.
    ///
    /// Generous on purpose: a client's specification may differ in depths and still be of IAVL.
    private var isIAVL: Bool {
        let iavl = Self.iavl
        return leaf.hash == iavl.leaf.hash
            && leaf.prehashKey == iavl.leaf.prehashKey
            && leaf.prehashValue == iavl.leaf.prehashValue
            && leaf.length == iavl.leaf.length
            && inner.hash == iavl.inner.hash
            && inner.minimumPrefixLength == iavl.inner.minimumPrefixLength
            && inner.maximumPrefixLength == iavl.inner.maximumPrefixLength
            && inner.childSize == iavl.inner.childSize
            && inner.childOrder.count == iavl.inner.childOrder.count
    }

    /// Checks the form of a proof: its leaf, its depth, and every step.
    ///
    /// - Throws: `leafMismatch`, `depthOutOfRange` or `stepMismatch`.
    func check(_ proof: ExistenceProof) throws(ICS23Error) {
        try check(proof.leaf)
        guard depths ~= proof.path.count else {
            throw ICS23Error(
                .depthOutOfRange,
                """
                The path has \(proof.path.count) steps, where \(depths.lowerBound) to \(depths.upperBound) are allowed. \
                Check that the proof is of a tree of this specification.
                """
            )
        }
        for (number, step) in proof.path.enumerated() {
            try checking("In step \(number + 1) of \(proof.path.count)") { () throws(ICS23Error) in
                try check(step, layer: number + 1)
            }
        }
    }

    /// Checks the operation of a leaf.
    ///
    /// The prefix must be the specification's, byte for byte: a longer one could swallow the beginning of a key and
    /// prove its end. Only IAVL's is longer, and holds then exactly height, size and version.
    private func check(_ proven: LeafOp) throws(ICS23Error) {
        guard proven.hash == leaf.hash, proven.prehashKey == leaf.prehashKey,
            proven.prehashValue == leaf.prehashValue, proven.length == leaf.length
        else {
            throw Self.mismatch(.leafMismatch, "The leaf's operations are not the specification's")
        }
        if isIAVL {
            guard proven.prefix.starts(with: leaf.prefix), IAVLPrefix(proven.prefix)?.remainingCount == 0 else {
                throw Self.mismatch(.leafMismatch, "The leaf's prefix is not that of an IAVL leaf")
            }
        } else {
            guard proven.prefix == leaf.prefix else {
                throw Self.mismatch(.leafMismatch, "The leaf's prefix is not the specification's")
            }
        }
    }

    /// Checks a step, `layer` being 1 for the parent of a leaf.
    private func check(_ step: InnerOp, layer: Int) throws(ICS23Error) {
        guard step.hash == inner.hash else {
            throw Self.mismatch(.stepMismatch, "The hash function is not the specification's")
        }
        guard !step.prefix.starts(with: leaf.prefix) else {
            throw Self.mismatch(.stepMismatch, "The step begins as a leaf does")
        }
        let longest = inner.maximumPrefixLength + (inner.childOrder.count - 1) * inner.childSize
        guard inner.minimumPrefixLength...longest ~= step.prefix.count else {
            throw Self.mismatch(
                .stepMismatch,
                "The prefix has \(step.prefix.count) bytes, where \(inner.minimumPrefixLength) to \(longest) are allowed"
            )
        }
        guard step.suffix.count.isMultiple(of: inner.childSize) else {
            throw Self.mismatch(
                .stepMismatch,
                "The suffix of \(step.suffix.count) bytes does not hold whole children of \(inner.childSize)"
            )
        }
        if isIAVL {
            // After the three numbers comes the length byte of this child, or the left one with its length before it.
            guard let numbers = IAVLPrefix(step.prefix), numbers.height >= layer,
                [1, 34].contains(numbers.remainingCount)
            else {
                throw Self.mismatch(.stepMismatch, "The prefix is not that of an IAVL node of height \(layer) or more")
            }
        }
    }

    private static func mismatch(_ code: ICS23Error.Code, _ what: String) -> ICS23Error {
        ICS23Error(code, "\(what). Check that the proof is of a tree of this specification.")
    }
}
