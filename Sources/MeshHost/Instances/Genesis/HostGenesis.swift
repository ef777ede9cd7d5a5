internal import ModuleKit

/// What a genesis document says to the host, in `app_state.host`.
///
///     { "authority": "governance",
///       "total_caps": [ { "privilege": "bank/burn", "cap": "5000" } ],
///       "instances": [
///         { "module": "bank", "label": "bank", "configuration": {}, "admin": "mesh1…",
///           "grants": [ "bank/mint", { "privilege": "bank/burn", "cap": "1000" } ],
///           "revoked": [ "bank/supply-offset" ] } ],
///       "sequences": [ { "address": "mesh1…", "sequence": "17" } ] }
///
/// The authority and the admins are accounts, or instances of this genesis by their label. A grant that was revoked is named
/// because its holder may have something to take back still.
///
/// Without `instances`, one instance of each standard module stands under the module's name, with grants of its own module's
/// privileges; where the authority is an instance, it is the admin of them all. Without `authority`, it is the instance under
/// its module's name whose module says that it is an authority; where there is none, or with an empty text, nobody can change
/// a grant.
struct HostGenesis {
    /// One instance to deploy.
    struct Deployment {
        var module: String
        var label: String
        var configuration: JSONValue = .object(JSONObject())
        var admin = ""
        var grants: [GrantEntry]
        /// Grants that it held, each without a cap.
        var revoked: [GrantEntry] = []
    }

    /// A grant to give, as it is written; nothing is checked yet.
    struct GrantEntry {
        let privilege: String
        /// Decimal; empty for none.
        let cap: String
        /// Where it stands in the document.
        let path: String
    }

    /// What the caps of a privilege's grants may add up to.
    struct TotalCap {
        let privilege: String
        let cap: Amount
        /// Where it stands in the document.
        let path: String
    }

    /// Who may decide on grants.
    let authority: Address?
    /// The bounds on grants.
    private(set) var totalCaps: [TotalCap] = []
    /// The instances, in the order of their numbers.
    let deployments: [Deployment]
    /// The accounts that have signed before, with their next sequences.
    private(set) var sequences: [(account: Address, sequence: UInt64)] = []

    /// Reads the section; without one, the usual instances are deployed.
    init(
        _ document: GenesisDocument,
        _ registry: ModuleRegistry,
        _ addresses: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        let section = document.appState["host"].optional
        if let section {
            report.claim("host")
            let names = ["authority", "total_caps", "instances", "sequences"]
            try report.skipMembers(of: section, besides: names, at: "app_state.host")
        }
        let named = try section?["instances"].optional?.array()
        let usual = named == nil ? Self.usualDeployments(registry) : []
        let labels =
            try named?.map { (instance) throws(ModuleError) in try instance["label"].string() } ?? usual.map(\.label)
        let parties = GenesisParties(labels: labels, chainID: document.chainID, addresses: addresses)

        var deployments: [Deployment] = []
        for instance in named ?? [] { deployments.append(try Deployment(instance, parties, &report)) }
        let authority =
            if let written = section?["authority"].optional {
                try parties.party(written)
            } else {
                Self.usualAuthority(among: deployments + usual, registry).flatMap(parties.instance)
            }
        let admin = authority.map { $0.isInstance ? parties.text(of: $0) : "" } ?? ""
        self.authority = authority?.address
        self.deployments =
            deployments
            + usual.map { deployment in
                var deployment = deployment
                deployment.admin = admin
                return deployment
            }
        if let section { try readBounds(section, addresses, &report) }
    }

    /// Reads total caps and sequences.
    private mutating func readBounds(
        _ section: JSONField,
        _ addresses: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        for total in try section["total_caps"].optional?.array() ?? [] {
            try report.skipMembers(of: total, besides: ["privilege", "cap"], at: "app_state.host.total_caps[]")
            totalCaps.append(
                TotalCap(
                    privilege: try total["privilege"].string(),
                    cap: try total["cap"].amount(),
                    path: total.path
                )
            )
        }
        var seen: Set<Address> = []
        for entry in try section["sequences"].optional?.array() ?? [] {
            try report.skipMembers(of: entry, besides: ["address", "sequence"], at: "app_state.host.sequences[]")
            let account = try entry["address"].address(addresses, as: .account)
            guard seen.insert(account).inserted else {
                throw entry.invalid("the account stands here twice: leave one out")
            }
            sequences.append((account, try entry["sequence"].integer(as: UInt64.self)))
        }
    }

    /// The label of the instance that is the authority when none is named; nil where there is no such instance.
    private static func usualAuthority(among deployments: [Deployment], _ registry: ModuleRegistry) -> String? {
        deployments.first { $0.module == registry.authorityModule && $0.label == $0.module }?.label
    }

    private static func usualDeployments(_ registry: ModuleRegistry) -> [Deployment] {
        registry.standardModules.map { module in
            let name = module.manifest.name
            let grants = module.privileges.map {
                GrantEntry(privilege: $0.name, cap: "", path: "the usual grants of \(name)")
            }
            return Deployment(module: name, label: name, grants: grants)
        }
    }
}

extension HostGenesis.Deployment {
    fileprivate init(_ instance: JSONField, _ parties: GenesisParties, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let path = "app_state.host.instances[]"
        let names = ["module", "label", "configuration", "admin", "grants", "revoked"]
        try report.skipMembers(of: instance, besides: names, at: path)
        module = try instance["module"].string()
        label = try instance["label"].string()
        if let configuration = instance["configuration"].optional { self.configuration = try configuration.required() }
        if let admin = instance["admin"].optional, let party = try parties.party(admin) {
            self.admin = parties.text(of: party)
        }
        grants = []
        for grant in try instance["grants"].optional?.array() ?? [] {
            if case .string(let privilege) = grant.value {
                grants.append(HostGenesis.GrantEntry(privilege: privilege, cap: "", path: grant.path))
                continue
            }
            try report.skipMembers(of: grant, besides: ["privilege", "cap"], at: path + ".grants[]")
            grants.append(
                HostGenesis.GrantEntry(
                    privilege: try grant["privilege"].string(),
                    cap: try grant["cap"].optional?.amount().description ?? "",
                    path: grant.path
                )
            )
        }
        for grant in try instance["revoked"].optional?.array() ?? [] {
            revoked.append(HostGenesis.GrantEntry(privilege: try grant.string(), cap: "", path: grant.path))
        }
    }
}

extension GenesisReport {
    /// Lists the members of an object that mean nothing here.
    fileprivate mutating func skipMembers(of object: JSONField, besides known: [String], at path: String)
        throws(ModuleError)
    {
        for (name, member) in try object.members() where !known.contains(name) {
            skip("\(path).\(name)", "the host knows no such member", example: member.path)
        }
    }
}
