// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "storage",
    products: [
        .library(name: "LMDB", targets: ["LMDB"]),
        .library(name: "Storage", targets: ["Storage"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ],
    targets: [
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: house + [.strictMemorySafety()]),
        .target(
            name: "Storage",
            dependencies: ["LMDB", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        .target(name: "StorageTestSupport", swiftSettings: house),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB", "StorageTestSupport"], swiftSettings: house),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "LMDB", "StorageTestSupport", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Golden")],
            swiftSettings: house
        ),
    ]
)
