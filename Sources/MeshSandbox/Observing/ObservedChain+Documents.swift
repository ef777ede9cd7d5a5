public import CometBFT

extension ObservedChain {
    /// A chain of which a node's answers are at hand: to `/block`, `/commit` and `/validators`, and votes and evidence by
    /// themselves.
    ///
    /// - Parameter documents: JSON values, each an answer or a list of them, with or without the node's envelope.
    /// - Throws: `notObservable` when one is none of these, or they are of several chains, or no header is among them.
    public init(documents: [JSONValue]) throws(SandboxError) {
        var parts = ObservedParts()
        for document in documents { try parts.read(document) }
        guard let chainID = parts.headers.first?.chainID else {
            throw SandboxError(
                .notObservable,
                "no header is among the documents, so it is not known which chain they are of: add an answer to /commit or "
                    + "/block"
            )
        }
        self.init(chainID: chainID)
        try take(parts)
    }

    /// Adds what a node has answered.
    ///
    /// - Throws: `notObservable`.
    public mutating func read(_ documents: [JSONValue]) throws(SandboxError) {
        var parts = ObservedParts()
        for document in documents { try parts.read(document) }
        try take(parts)
    }

    private mutating func take(_ parts: ObservedParts) throws(SandboxError) {
        for header in parts.headers {
            guard header.chainID == chainID else {
                throw SandboxError(
                    .notObservable,
                    "a header of height \(header.height) is of another chain than \(chainID): observe one chain at a time"
                )
            }
            headers[header.height] = header
        }
        for commit in parts.commits {
            if headers[commit.height]?.hash == commit.blockID.hash { commits[commit.height] = commit }
            votes += commit.signatures.indices.compactMap { commit.vote(at: $0) }
        }
        for set in try parts.validatorSets() { validatorSets[set.hash] = set }
        votes += parts.votes
        evidence += parts.evidence
    }
}

/// What answers of a node hold.
private struct ObservedParts {
    var headers: [Header] = []
    var commits: [Commit] = []
    var pages: [ValidatorsPage] = []
    var votes: [Vote] = []
    var evidence: [Evidence] = []

    mutating func read(_ value: JSONValue) throws(SandboxError) {
        if case .array(let documents) = value {
            for document in documents { try read(document) }
            return
        }
        do throws(CometBFTError) {
            try readAnswer(value)
        } catch {
            throw SandboxError(.notObservable, "a document can't be read: \(error.message)", cause: error)
        }
    }

    private mutating func readAnswer(_ value: JSONValue) throws(CometBFTError) {
        guard case .object(let outer) = value else {
            throw CometBFTError(.malformed, "a document is an object or a list of objects")
        }
        let answer = outer["jsonrpc"] == nil ? value : outer["result"] ?? value
        guard case .object(let object) = answer else {
            throw CometBFTError(.nodeFailed, "the node has answered nothing; ask again")
        }
        if object["signed_header"] != nil {
            let signed = try CommitResponse(rpc: answer).signedHeader
            headers.append(signed.header)
            commits.append(signed.commit)
        } else if object["block"] != nil {
            let block = try BlockResponse(rpc: answer).block
            headers.append(block.header)
            if let commit = block.lastCommit { commits.append(commit) }
            evidence += block.evidence
        } else if object["validators"] != nil {
            pages.append(try ValidatorsPage(rpc: answer))
        } else if object["validator_address"] != nil {
            votes.append(try Vote(rpc: answer))
        } else if object["type"] != nil {
            evidence.append(try Evidence(rpc: answer))
        } else {
            let members = object.members.map(\.name).prefix(5).joined(separator: ", ")
            throw CometBFTError(
                .unknownValue,
                "it is no answer to /block, /commit or /validators, no vote and no evidence, but has: \(members)"
            )
        }
    }

    /// The sets of the pages, by height.
    func validatorSets() throws(SandboxError) -> [ValidatorSet] {
        var sets: [ValidatorSet] = []
        for height in Array(Set(pages.map(\.height))).sorted() {
            do throws(CometBFTError) {
                sets.append(try ValidatorSet(pages: pages.filter { $0.height == height }))
            } catch {
                throw SandboxError(
                    .notObservable,
                    "the validators of height \(height) can't be put together: \(error.message)",
                    cause: error
                )
            }
        }
        return sets
    }
}
